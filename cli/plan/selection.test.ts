import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { selection } from './selection.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee> = {}): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [], proves: { 'pvc.one-to-one': {} }, ...more }
}

const all = [
  guarantee('pvcs/a', { pace: 'quick' }),
  guarantee('pvcs/b', { level: 'SHOULD', requires: ['VolumeSnapshots'] }),
  guarantee('pvcs/c', { pace: 'slow', disruptive: true, proves: { 'failure.drain': {} } }),
  guarantee('velero/d', { requires: ['Velero'] }),
]
const chosen = (options: Partial<Parameters<typeof selection>[0]>) => {
  const { guarantees, notRun } = selection({ all, named: undefined, profile: 'full', ...options })
  return [guarantees.map(({ id }) => id).join(' '), ...notRun.map(({ why, guarantees: count }) => `${count} ${why}`)]
}
const velero = '1 need Velero or databases: profile velero'

test('a profile is a selection, and what it leaves out is counted with the reason', () => {
  expect(chosen({ profile: 'quick' })).toEqual(['pvcs/a', '2 not quick: profile standard', velero])
  expect(chosen({ profile: 'standard' })).toEqual(['pvcs/a', '1 SHOULD or MAY: profile full', '1 slow: profile full', velero])
  expect(chosen({ profile: 'full' })).toEqual(['pvcs/a pvcs/b pvcs/c', velero])
  expect(chosen({ profile: 'velero' })).toEqual(['velero/d', '3 need no Velero: profile full'])
})

test('levels that somebody asks for take the place of those of a profile', () => {
  expect(chosen({ profile: 'standard', level: ['SHOULD'] })[0]).toBe('pvcs/b')
})

test('names take guarantees of any profile and pace', () => {
  expect(chosen({ profile: 'quick', named: all.slice(2) })).toEqual(['pvcs/c velero/d', '2 not named'])
})

test('flags narrow a run by level, area, feature, pace and disruption', () => {
  expect(chosen({ level: ['SHOULD'] })[0]).toBe('pvcs/b')
  expect(chosen({ area: ['failure'] })[0]).toBe('pvcs/c')
  expect(chosen({ feature: ['VolumeSnapshots'] })[0]).toBe('pvcs/b')
  expect(chosen({ skipSlow: true })).toEqual(['pvcs/a pvcs/b', '1 slow, which --skip-slow leaves out', velero])
  expect(chosen({ skipDisruptive: true, level: ['MUST'] })[0]).toBe('pvcs/a')
})

test('where only named guarantees may disrupt, the others are left out', () => {
  const why = '1 disruptive, and not named with --allow-disruptive'
  expect(chosen({ allowedToDisrupt: [] })).toEqual(['pvcs/a pvcs/b', why, velero])
  expect(chosen({ allowedToDisrupt: [], named: all.slice(2, 3) })).toEqual(['', '3 not named', why])
  expect(chosen({ allowedToDisrupt: ['pvcs/c'] })[0]).toBe('pvcs/a pvcs/b pvcs/c')
})

test('each guarantee that is left out has its own reason', () => {
  const { skipped } = selection({ all, named: undefined, profile: 'standard' })
  expect(skipped.map(({ guarantee: { id }, why }) => [id, why])).toEqual([
    ['pvcs/b', 'SHOULD or MAY: profile full'],
    ['pvcs/c', 'slow: profile full'],
    ['velero/d', 'need Velero or databases: profile velero'],
  ])
})

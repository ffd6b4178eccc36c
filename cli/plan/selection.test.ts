import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { selection } from './selection.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee> = {}): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It is so.', level: 'MUST', source, requires: [], mutants: [], proves: ['pvc.one-to-one'], ...more }
}

const all = [
  guarantee('claims/a', { pace: 'quick' }),
  guarantee('claims/b', { level: 'SHOULD', requires: ['VolumeSnapshots'] }),
  guarantee('claims/c', { pace: 'slow', disruptive: true, proves: ['failure.drain'] }),
  guarantee('velero/d', { requires: ['Velero'] }),
]
const chosen = (options: Partial<Parameters<typeof selection>[0]>) => {
  const { guarantees, notRun } = selection({ all, named: undefined, profile: 'full', ...options })
  return [guarantees.map(({ id }) => id).join(' '), ...notRun.map(({ why, guarantees: count }) => `${count} ${why}`)]
}
const velero = '1 need Velero or databases: profile velero'

test('a profile is a selection, and what it leaves out is counted with the reason', () => {
  expect(chosen({ profile: 'quick' })).toEqual(['claims/a', '2 not quick: profile standard', velero])
  expect(chosen({ profile: 'standard' })).toEqual(['claims/a claims/b', '1 slow: profile full', velero])
  expect(chosen({ profile: 'full' })).toEqual(['claims/a claims/b claims/c', velero])
  expect(chosen({ profile: 'velero' })).toEqual(['velero/d', '3 need no Velero: profile full'])
})

test('names take guarantees of any profile and pace', () => {
  expect(chosen({ profile: 'quick', named: all.slice(2) })).toEqual(['claims/c velero/d', '2 not named'])
})

test('flags narrow a run by level, area, feature, pace and disruption', () => {
  expect(chosen({ level: ['SHOULD'] })[0]).toBe('claims/b')
  expect(chosen({ area: ['failure'] })[0]).toBe('claims/c')
  expect(chosen({ feature: ['VolumeSnapshots'] })[0]).toBe('claims/b')
  expect(chosen({ skipSlow: true })).toEqual(['claims/a claims/b', '1 slow, which --skip-slow leaves out', velero])
  expect(chosen({ skipDisruptive: true, level: ['MUST'] })[0]).toBe('claims/a')
})

test('each guarantee that is left out has its own reason', () => {
  const { skipped } = selection({ all, named: undefined, profile: 'standard' })
  expect(skipped.map(({ guarantee: { id }, why }) => [id, why])).toEqual([
    ['claims/c', 'slow: profile full'],
    ['velero/d', 'need Velero or databases: profile velero'],
  ])
})

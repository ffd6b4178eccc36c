import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { longestFirst, plannedControls, resultsOf, shuffled, unitsOf } from './control-units.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee> = {}): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It holds.', level: 'MUST', source, requires: [], mutants: [], proves: [], ...more }
}

const plain = guarantee('a/plain')
const other = guarantee('a/other')
const holder = guarantee('a/holder', { holds: ['default StorageClass'] })
const breaker = guarantee('a/breaker', { disruptive: true })

test('what disturbs nobody runs under its mutant together', () => {
  expect(unitsOf([['restore-empty', [plain, other]]])).toEqual([{ mutant: 'restore-empty', guarantees: [plain, other] }])
})

test('what needs a lane runs apart', () => {
  const units = unitsOf([
    ['restore-empty', [breaker, plain, holder]],
    ['fsync-lies', [other]],
  ])
  expect(units).toEqual([
    { mutant: 'restore-empty', guarantees: [plain] },
    { mutant: 'restore-empty', guarantees: [breaker], disruptive: true },
    { mutant: 'restore-empty', guarantees: [holder], holds: ['default StorageClass'] },
    { mutant: 'fsync-lies', guarantees: [other] },
  ])
})

test('units of one mutant leave their results in files of their own', () => {
  const files = unitsOf([['restore-empty', [breaker, plain, other, holder]]]).map(resultsOf)
  expect(files).toEqual(['results-a.plain.json', 'results-a.breaker.json', 'results-a.holder.json'])
})

test('a mutant that changes something for the whole cluster has it for itself', () => {
  expect(unitsOf([['store-goes-down', [plain]]])).toEqual([{ mutant: 'store-goes-down', guarantees: [plain], disruptive: true }])
})

test('a seed decides the order, and leaves nothing out', () => {
  const units = ['a', 'b', 'c', 'd', 'e'].map((mutant) => ({ mutant, guarantees: [plain] }))
  const [one, another] = [shuffled(units, 'one'), shuffled(units, 'another')]
  expect(shuffled(units, 'one')).toEqual(one)
  expect(one).not.toEqual(another)
  expect(one).toHaveLength(units.length)
  expect(new Set(one)).toEqual(new Set(units))
})

test('those with most to do come first', () => {
  const slow = { ...guarantee('a/slow'), pace: 'slow' as const }
  const units = [
    { mutant: 'one', guarantees: [plain] },
    { mutant: 'two', guarantees: [plain, other] },
    { mutant: 'slow', guarantees: [slow] },
  ]
  expect(longestFirst(units).map(({ mutant }) => mutant)).toEqual(['slow', 'two', 'one'])
})

test('planned controls are begun in the order of the plan, what runs alone in its share of the time', () => {
  const chosen = [
    { id: 'two a/plain', concept: 'a', seconds: 30, alone: false },
    { id: 'one a/breaker', concept: 'a', seconds: 60, alone: true },
    { id: 'one a/plain', concept: 'a', seconds: 30, alone: false },
  ]
  const budget = plannedControls({ chosen, seconds: 200 })
  const units = unitsOf([
    ['one', [plain, breaker]],
    ['two', [plain]],
  ])
  expect(budget.order(units).map(({ mutant, guarantees }) => [mutant, guarantees[0]?.id])).toEqual([
    ['two', 'a/plain'],
    ['one', 'a/breaker'],
    ['one', 'a/plain'],
  ])
  expect(budget).toMatchObject({ seconds: 200, parallelShare: 0.5, least: 2 })
  expect(budget.pairs?.has('two a/breaker')).toBe(false)
})

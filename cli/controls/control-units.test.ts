import { expect, test } from 'vitest'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { longestFirst, plannedControls, resultsOf, shuffled, unitsOf } from './control-units.ts'

function guarantee(id: Guarantee['id'], more: Partial<Guarantee> = {}): Guarantee {
  const source = { page: 'concepts/', section: '' }
  return { id, statement: 'It holds.', level: 'MUST', source, requires: [], mutants: [], proves: {}, ...more }
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

test('a unit is of a mutant of the catalogue', () => {
  // @ts-expect-error It is misspelt, and no mutant.
  expect(unitsOf([['restore-emty', [plain]]])).toHaveLength(1)
})

test('a seed decides the order, and leaves nothing out', () => {
  const five = ['restore-empty', 'fsync-lies', 'store-goes-down', 'append-only-off', 'attach-on-two-nodes'] as const
  const units = five.map((mutant) => ({ mutant, guarantees: [plain] }))
  const [one, another] = [shuffled(units, 'one'), shuffled(units, 'another')]
  expect(shuffled(units, 'one')).toEqual(one)
  expect(one).not.toEqual(another)
  expect(one).toHaveLength(units.length)
  expect(new Set(one)).toEqual(new Set(units))
})

test('those with most to do come first', () => {
  const slow = { ...guarantee('a/slow'), pace: 'slow' as const }
  const units = [
    { mutant: 'restore-empty', guarantees: [plain] },
    { mutant: 'fsync-lies', guarantees: [plain, other] },
    { mutant: 'append-only-off', guarantees: [slow] },
  ] as const
  expect(longestFirst(units).map(({ mutant }) => mutant)).toEqual(['append-only-off', 'fsync-lies', 'restore-empty'])
})

test('planned controls are begun in the order of the plan, what runs alone in its share of the time', () => {
  const chosen = [
    { id: 'fsync-lies a/plain', concept: 'a', seconds: 30, alone: false },
    { id: 'restore-empty a/breaker', concept: 'a', seconds: 60, alone: true },
    { id: 'restore-empty a/plain', concept: 'a', seconds: 30, alone: false },
  ]
  const budget = plannedControls({ chosen, seconds: 200 })
  const units = unitsOf([
    ['restore-empty', [plain, breaker]],
    ['fsync-lies', [plain]],
  ])
  expect(budget.order(units).map(({ mutant, guarantees }) => [mutant, guarantees[0]?.id])).toEqual([
    ['fsync-lies', 'a/plain'],
    ['restore-empty', 'a/breaker'],
    ['restore-empty', 'a/plain'],
  ])
  expect(budget).toMatchObject({ seconds: 200, parallelShare: 0.5, least: 2 })
  expect(budget.pairs?.has('fsync-lies a/breaker')).toBe(false)
})

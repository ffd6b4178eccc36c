import { expect, test } from 'vitest'
import type { PlannedGuarantee } from '../../contract/shards.ts'
import { readDurations } from '../budget/durations.ts'
import { assignGuarantees } from './assign-guarantees.ts'

const measured: readonly PlannedGuarantee[] = Object.entries(readDurations().guarantees).map(([id, seconds]) => ({ id, seconds }))

const secondsOf = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (measured.find((each) => each.id === id)?.seconds ?? 0), 0)

test.each([1, 2, 4, 8, 64])('%i shards run each measured guarantee exactly once', (shards) => {
  const assigned = assignGuarantees({ guarantees: measured, shards })
  expect(assigned).toHaveLength(shards)
  expect(assigned.flat().toSorted()).toEqual(measured.map(({ id }) => id).toSorted())
})

test('no shard of eight has more to do than the longest guarantee above the least', () => {
  const sums = assignGuarantees({ guarantees: measured, shards: 8 }).map(secondsOf)
  const longest = Math.max(...measured.map(({ seconds }) => seconds))
  expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(longest)
})

test('the order of the list changes nothing', () => {
  const forwards = assignGuarantees({ guarantees: measured, shards: 5 })
  expect(assignGuarantees({ guarantees: measured.toReversed(), shards: 5 })).toEqual(forwards)
})

test('what holds the same thing goes to one shard, over others too', () => {
  const guarantees: readonly PlannedGuarantee[] = [
    { id: 'a/one', seconds: 10, holds: ['class'] },
    { id: 'a/two', seconds: 10, holds: ['volumes'] },
    { id: 'a/three', seconds: 10, holds: ['class', 'volumes'] },
    { id: 'b/other', seconds: 30 },
  ]
  const expected = [['a/one', 'a/three', 'a/two'], ['b/other']]
  expect(assignGuarantees({ guarantees, shards: 2 })).toEqual(expected)
})

test('what runs alone is all of the first shard, and last there', () => {
  const guarantees: readonly PlannedGuarantee[] = [
    { id: 'a/drain', seconds: 500, disruptive: true },
    { id: 'b/one', seconds: 10 },
    { id: 'b/two', seconds: 10 },
  ]
  expect(assignGuarantees({ guarantees, shards: 2 })).toEqual([['b/one', 'a/drain'], ['b/two']])
})

test('more shards than guarantees leave some without', () => {
  expect(assignGuarantees({ guarantees: [{ id: 'a/one', seconds: 1 }], shards: 3 })).toEqual([['a/one'], [], []])
})

import { expect, test } from 'vitest'
import type { VerdictName } from '../../harness/engine/judge/verdict-record.ts'
import { exampleSide } from '../testing/example-side.ts'
import { changesOf, directionOf, exitCodeOfChanges } from './change.ts'
import { compare } from './compare.ts'
import type { Direction } from './comparison.ts'

test.each<[VerdictName, VerdictName, Direction]>([
  ['Passed', 'Passed', 'neither'],
  ['Passed', 'Failed', 'worse'],
  ['Passed', 'Inconclusive', 'worse'],
  ['Passed', 'NotSupported', 'worse'],
  ['Failed', 'Passed', 'better'],
  ['Failed', 'Inconclusive', 'neither'],
  ['Failed', 'NotSupported', 'neither'],
  ['Inconclusive', 'Passed', 'better'],
  ['Inconclusive', 'Failed', 'worse'],
  ['Inconclusive', 'NotSupported', 'neither'],
  ['NotSupported', 'Passed', 'better'],
  ['NotSupported', 'Failed', 'worse'],
  ['NotSupported', 'Inconclusive', 'neither'],
])('%s → %s is %s', (before, after, direction) => {
  expect(directionOf({ [before]: 1 }, { [after]: 1 })).toBe(direction)
})

test.each([
  [{ Passed: 3 }, { Passed: 2, Failed: 1 }, 'worse'],
  [{ Passed: 3 }, { Passed: 2, Inconclusive: 1 }, 'worse'],
  [{ Passed: 2, Failed: 1 }, { Passed: 3 }, 'better'],
  [{ Passed: 2, Failed: 1 }, { Passed: 1, Failed: 2 }, 'neither'],
  [{ Passed: 2, Inconclusive: 1 }, { Passed: 2, Failed: 1 }, 'worse'],
])('of flaky verdicts, %j → %j is %s', (before, after, direction) => {
  expect(directionOf(before, after)).toBe(direction)
})

test('changes come worse first, and without those that are known the answer is another one', async () => {
  const comparison = await compare({
    before: exampleSide({ guarantees: { 'a/mended': 'Failed', 'a/broken': 'Passed', 'a/same': 'Passed' } }),
    after: exampleSide({ guarantees: { 'a/mended': 'Passed', 'a/broken': { verdict: 'Failed', reason: 'Why.' }, 'a/same': 'Passed' } }),
    gateDurations: false,
  })
  const changes = changesOf(comparison)
  expect(changes).toEqual([
    {
      of: 'guarantee',
      id: 'a/broken',
      direction: 'worse',
      before: 'Passed',
      after: 'Failed',
      cause: 'Why.',
      guarantees: ['a/broken'],
      isKnown: false,
    },
    {
      of: 'guarantee',
      id: 'a/mended',
      direction: 'better',
      before: 'Failed',
      after: 'Passed',
      cause: undefined,
      guarantees: ['a/mended'],
      isKnown: false,
    },
  ])
  expect(exitCodeOfChanges(changes)).toBe(1)
  expect(exitCodeOfChanges(changes.map((change) => ({ ...change, isKnown: change.id === 'a/broken' })))).toBe(0)
})

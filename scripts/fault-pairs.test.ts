import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  comparedFaults,
  estimatedSeconds,
  expectedWorse,
  faultTable,
  type KillOfPair,
  missedIn,
  type ReadDurations,
  worseIn,
} from './fault-pairs.ts'

const root = dirname(import.meta.dirname)
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { records } = read('suites/kills.json') as { readonly records: readonly KillOfPair[] }

test.each(comparedFaults)('a compared guarantee is known to fail under %s', (fault) => {
  expect(expectedWorse(records, fault).length).toBeGreaterThan(0)
})

test('what survived, and what a mutant of Kubernetes broke, is not expected', () => {
  const pair = { guarantee: 'volumes/capacity-enforced', mutant: 'size-not-enforced', outcome: 'killed' }
  expect(expectedWorse([pair], 'size-not-enforced')).toEqual(['volumes/capacity-enforced'])
  expect(
    expectedWorse(
      [
        { ...pair, outcome: 'alive' },
        { ...pair, component: 'kubelet' },
      ],
      'size-not-enforced',
    ),
  ).toEqual([])
})

test('the table tells what was found from what had to be', () => {
  const row = {
    fault: 'fsync-lies',
    worse: worseIn({ verdicts: ['c', 'a', 'x'].map((id) => ({ id, direction: id === 'x' ? 'better' : 'worse' })) }),
  }
  expect(faultTable([{ ...row, expected: ['a', 'b'] }]).at(-1)).toBe('| fsync-lies | a, c | a, b | b | c |')
  expect(missedIn({ ...row, expected: ['a', 'b'] })).toEqual(['b'])
  expect(faultTable([{ fault: 'none', worse: [], expected: [] }]).at(-1)).toBe('| none | – | – | – | – |')
})

test('all of it takes less than 25 minutes on the reference machine', () => {
  const durations = read('cli/budget/durations.json') as ReadDurations
  expect(estimatedSeconds(durations, comparedFaults)).toBeLessThan(25 * 60)
  expect(estimatedSeconds(durations, comparedFaults.slice(0, 1))).toBeLessThan(estimatedSeconds(durations, comparedFaults) / 3)
})

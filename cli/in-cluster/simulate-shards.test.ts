import { expect, test } from 'vitest'
import { readDurations } from '../budget/durations.ts'
import { sampleOf, simulatedSeconds } from './simulate-shards.ts'

const assumed = { atATime: 2, start: 10, end: 5 }
const of = (...seconds: readonly number[]) => seconds.map((each, place) => ({ id: `a/${place}`, seconds: each }))

test('one shard takes as long as its longest row of guarantees, between its start and the report', () => {
  expect(simulatedSeconds(of(30, 20, 10), 1, assumed)).toBe(10 + 30 + 5)
  expect(simulatedSeconds(of(30, 30, 30), 1, assumed)).toBe(10 + 60 + 5)
})

test('no number of shards makes a run shorter than its longest guarantee', () => {
  expect(simulatedSeconds(of(100, 20, 10), 64, assumed)).toBe(10 + 100 + 5)
})

test('what runs alone is added whole, however many shards there are', () => {
  const guarantees = [...of(30, 30), { id: 'b/drain', seconds: 40, disruptive: true as const }]
  expect(simulatedSeconds(guarantees, 2, assumed)).toBe(10 + 30 + 40 + 5)
})

test('a sample is distributed like what was measured, whether it is smaller or larger', () => {
  const { guarantees: measured } = readDurations()
  const all = Object.values(measured)
  const mean = all.reduce((sum, seconds) => sum + seconds, 0) / all.length
  for (const count of [100, 1000]) {
    const sample = sampleOf(measured, count)
    expect(new Set(sample.map(({ id }) => id)).size).toBe(count)
    const meanOfSample = sample.reduce((sum, { seconds }) => sum + seconds, 0) / count
    expect(Math.abs(meanOfSample - mean) / mean).toBeLessThan(0.1)
  }
})

test('more shards are never slower', () => {
  const sample = sampleOf(readDurations().guarantees, 100)
  const seconds = [1, 2, 4, 8, 16, 32].map((shards) => simulatedSeconds(sample, shards))
  expect(seconds).toEqual(seconds.toSorted((one, other) => other - one))
})

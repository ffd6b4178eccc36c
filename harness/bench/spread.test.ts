import { expect, test } from 'vitest'
import { spread, spreadLine } from './spread.ts'

test('percentiles are values that occurred', () => {
  const values = Array.from({ length: 100 }, (_, position) => 100 - position)
  expect(spread(values)).toEqual({ median: 50, p99: 99, largest: 100 })
})

test('a few values have a median, and their largest is their 99th percentile', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, p99: 3, largest: 3 })
})

test('a line names what was measured and its unit', () => {
  const line = spreadLine('created to Bound', { values: [0.25, 0.5, 1], unit: 's' })
  expect(line.replace(/ +/gu, ' ')).toBe(' created to Bound median 0.50 s p99 1.00 s largest 1.00 s')
  expect(spreadLine('created to Bound', { values: [0.25], unit: 's' })).toMatch(/Bound +0\.25 s$/u)
})

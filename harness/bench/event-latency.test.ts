import { expect, test } from 'vitest'
import { spread } from './event-latency.ts'

test('percentiles are values that occurred', () => {
  const values = Array.from({ length: 100 }, (_, position) => 100 - position)
  expect(spread(values)).toEqual({ median: 50, p99: 99, largest: 100 })
})

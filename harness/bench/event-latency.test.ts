import { expect, test } from 'vitest'
import { latencyLines } from './event-latency.ts'

const latency = { sinceSent: [10, 30, 60], sinceAnswered: [0, 5, 19] }

test('a limit is about the moment that counts', () => {
  expect(latencyLines(latency, { counts: 'sinceSent', limit: 50 }).kept).toBe(false)
  const { kept, lines } = latencyLines(latency, { counts: 'sinceAnswered', limit: 20 })
  expect(kept).toBe(true)
  expect(lines.at(-1)).toBe('The limit is a p99 of 20 ms since the answer to the write arrived: kept.')
  expect(lines).toHaveLength(3)
})

test('without a value no limit is kept', () => {
  expect(latencyLines({ sinceSent: [], sinceAnswered: [] }, { counts: 'sinceSent', limit: 50 }).kept).toBe(false)
})

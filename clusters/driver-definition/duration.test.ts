import { expect, test } from 'vitest'
import { secondsOf } from './duration.ts'

test.each([
  ['25m', 1500],
  ['1h15m30.5s', 4530.5],
  ['300ms', 0.3],
  ['1.5h', 5400],
  ['90s', 90],
  ['0', 0],
  ['+10s', 10],
  ['250µs', 0.000_25],
  ['2m0.1s0.2s', 120.3],
])('%s is %d s', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})

test.each(['', '25', '5 m', '10min', '-1m', '1d', 'm', '5m later', '1,5s'])('%j is no duration', (text) => {
  expect(secondsOf(text)).toBeUndefined()
})

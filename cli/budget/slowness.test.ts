import { expect, test } from 'vitest'
import { slownessOf } from './slowness.ts'

test('the probe counts at first, and what stages took more and more', () => {
  expect(slownessOf(2, [])).toBe(2)
  expect(slownessOf(2, [{ failed: 0, seconds: 120, referenceSeconds: 120 }])).toBe(1.5)
  expect(slownessOf(2, [{ failed: 0, seconds: 1080, referenceSeconds: 1080 }])).toBeCloseTo(1.1)
})

test('a stage that failed or that nothing is known of does not count', () => {
  const done = [
    { failed: 1, seconds: 900, referenceSeconds: 30 },
    { failed: 0, seconds: 1200, referenceSeconds: undefined },
  ]
  expect(slownessOf(1, done)).toBe(1)
})

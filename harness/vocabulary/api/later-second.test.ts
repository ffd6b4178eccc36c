import { expect, test } from 'vitest'
import { laterSecond } from './later-second.ts'

test('a second passes', async () => {
  const start = performance.now()
  await laterSecond()
  // A timer may end a millisecond early.
  expect(performance.now() - start).toBeGreaterThan(990)
})

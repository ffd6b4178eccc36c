import { expect, test } from 'vitest'
import { kubeletTurns } from './kubelet-turns.ts'

test('two seconds pass', async () => {
  const start = performance.now()
  await kubeletTurns()
  // A timer may end a millisecond early.
  expect(performance.now() - start).toBeGreaterThan(1990)
})

import { expect, test } from 'vitest'
import { probe } from './probe.ts'
import { readDurations } from './durations.ts'

test('the probe says in seconds how long a round took, and a round computes about as much as on the reference machine', async () => {
  const start = performance.now()
  const before = process.cpuUsage()
  const seconds = await probe({ rounds: 1 })
  const { user, system } = process.cpuUsage(before)
  expect(seconds).toBeLessThan((performance.now() - start) / 1000)
  // Two threads compute. What a round took may be anything on a busy machine, what it computed is not.
  const slowness = (user + system) / 1_000_000 / (2 * readDurations().probeSeconds)
  expect(seconds).toBeGreaterThan(0.1 * readDurations().probeSeconds)
  expect(slowness).toBeGreaterThan(0.1)
  expect(slowness).toBeLessThan(50)
})

import { expect, test } from 'vitest'
import { probe } from './probe.ts'
import { readDurations } from './durations.ts'

test('the probe takes about as long as on the reference machine, as far as that can be said of a busy machine', async () => {
  const slowness = (await probe({ rounds: 1 })) / readDurations().probeSeconds
  expect(slowness).toBeGreaterThan(0.1)
  expect(slowness).toBeLessThan(50)
})

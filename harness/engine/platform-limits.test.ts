import { expect, test } from 'vitest'
import type { DriverTime } from '../../contract/platform.ts'
import { limits } from './limits.ts'
import { limitsOf, machineLoad, secondsOf } from './platform-limits.ts'

const measured = (seconds: number): DriverTime => ({ seconds, kind: 'measured', from: 'a probe' })
const allowed = (seconds: number): DriverTime => ({ seconds, kind: 'allowed', from: 'Timeouts.ClaimProvision of a file' })

/** The limits of the table; how long nothing may happen grows with what is seen. */
const ofTable = { ...limits, staysUnchanged: { seconds: limits.staysUnchanged, from: 'the least for what stays', grows: true } }

test('a cluster without measured times has the limits of the table', () => {
  expect(limitsOf({})).toEqual(ofTable)
  expect(limitsOf({ platform: { sizes: { smallest: '1Gi', step: '1Gi', from: 'a test' } } })).toEqual(ofTable)
})

test('a quick driver has the limits of the table too, also on a busy machine', () => {
  const platform = { times: { bind: measured(1.2), attach: measured(2), snapshot: measured(0.8), resize: measured(3) } }
  expect(limitsOf({ platform }, 2)).toEqual(ofTable)
})

test('a slow driver gets three times what was measured, and the limit says so', () => {
  const of = limitsOf({ platform: { times: { bind: measured(40), attach: measured(20) } } })
  expect(of.podReady).toEqual({ seconds: 180, from: '3 times 40 s for bind by a probe, 3 times 20 s for attach by a probe' })
  expect(secondsOf(of.pvcBound)).toBe(120)
  expect(secondsOf(of.statefulSetReady)).toBe(540)
  expect(of.volumeSnapshotReady).toBe(limits.volumeSnapshotReady)
})

test('what a driver is allowed counts once, and the load of the machine counts for all', () => {
  const of = limitsOf({ platform: { times: { bind: allowed(300) } } }, 1.5)
  expect(of.pvcBound).toEqual({
    seconds: 450,
    from: '300 s for bind by Timeouts.ClaimProvision of a file, times a load of 1.5',
  })
})

test('a guarantee on a slow driver has time for what it waits for', () => {
  const of = limitsOf({ platform: { times: { bind: measured(40), attach: measured(20) } } })
  expect(secondsOf(of.guarantee)).toBe(limits.guarantee + 4 * 120 + 6 * 60)
})

test('no load makes a limit shorter, and no load makes it longer than four times', () => {
  expect(machineLoad()).toBeGreaterThanOrEqual(1)
  expect(machineLoad()).toBeLessThanOrEqual(4)
})

test('what waits for a Velero that serves others may take longer, and says why', () => {
  const velero = { namespace: 'backups', location: 'main', faultyLocations: {}, shared: { snapshotLocations: [] } }
  const of = limitsOf({ velero })
  expect(of.backupEnded).toEqual({ seconds: 3 * limits.backupEnded, from: '3 times as long for a Velero that serves others too' })
  expect(of.podReady).toBe(limits.podReady)
  const { shared: _, ...ours } = velero
  expect(limitsOf({ velero: ours })).toEqual(ofTable)
})

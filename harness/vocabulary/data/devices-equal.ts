import type { FoundDevice } from './device.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Two block devices as they were read, which are to hold the same. */
export interface DevicePair {
  readonly expected: MeasurementName
  readonly actual: MeasurementName
}

/** Two readings of a block device, between which it is to be written over. */
export interface DeviceReadings {
  readonly before: MeasurementName
  readonly after: MeasurementName
}

/** The beginning of a block device was written over between two readings. */
export const deviceRewritten = defineCheck<DeviceReadings>({
  name: 'device-rewritten',
  reads: [],
  describe: ({ before, after }) =>
    `the block device of Pod ${after.pod} (${after.label}) holds other than that of ${before.pod} held (${before.label})`,
  judge({ before, after }, history) {
    const [was, is] = [before, after].map(({ pod, label }) => measurementOf(history, { what: 'device', label, subject: pod }))
    if (was === undefined) return inconclusive(`The block device was never read in Pod ${before.pod} (${before.label}).`)
    if (is === undefined) return inconclusive(`The block device was never read in Pod ${after.pod} (${after.label}).`)
    const [old, found] = [was, is].map(({ value }) => (value as FoundDevice).sha256)
    if (old !== found) return { outcome: 'upheld', evaluated: 2 }
    return violated(`Block device of Pod ${after.pod} (${after.label}) holds what that of ${before.pod} held before it was written over.`, {
      expected: `content with another digest than ${old}`,
      actual: `content with digest ${found}`,
      entries: [was, is],
    })
  },
})

/** The block device of one Pod holds what another held. */
export const devicesEqual = defineCheck<DevicePair>({
  name: 'devices-equal',
  reads: [],
  describe: ({ expected, actual }) =>
    `the block device of Pod ${actual.pod} (${actual.label}) holds what that of ${expected.pod} held (${expected.label})`,
  judge({ expected, actual }, history) {
    const [was, is] = [expected, actual].map(({ pod, label }) => measurementOf(history, { what: 'device', label, subject: pod }))
    if (was === undefined) return inconclusive(`The block device was never read in Pod ${expected.pod} (${expected.label}).`)
    if (is === undefined) return inconclusive(`The block device was never read in Pod ${actual.pod} (${actual.label}).`)
    const [wanted, found] = [was, is].map(({ value }) => (value as FoundDevice).sha256)
    if (wanted === found) return { outcome: 'upheld', evaluated: 2 }
    return violated(`Block device of Pod ${actual.pod} (${actual.label}) does not hold what that of ${expected.pod} held.`, {
      expected: `content with digest ${wanted}`,
      actual: `content with digest ${found}`,
      entries: [was, is],
    })
  },
})

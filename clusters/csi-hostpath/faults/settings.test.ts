import { expect, test } from 'vitest'
import { readGroupParameters, readMutableParameters, readSnapshotParameters, readVolumeParameters } from '../controller/parameters.ts'
import { snapshotFaults, volumeFaults } from './catalogue.ts'

const on = { faultsEnabled: true }
const off = { faultsEnabled: false }

test('a fault is read with its settings, and only where faults are enabled', () => {
  const parameters = { fault: 'expansion-fails', faultTimes: '2', faultCode: 'UNAVAILABLE', 'csi.storage.k8s.io/fstype': 'xfs' }
  const expected = { name: 'expansion-fails', times: 2, code: 'UNAVAILABLE', seconds: 5 }
  expect(readVolumeParameters(parameters, on).fault).toEqual(expected)
  expect(readMutableParameters({ fault: 'fsync-lies', readAheadKiB: '256' }, on)).toMatchObject({
    readAheadKiB: 256,
    fault: { name: 'fsync-lies' },
  })
  expect(() => readVolumeParameters(parameters, off)).toThrow(/start the driver with --faults/)
  expect(readVolumeParameters({}, off)).toEqual({ placement: 'movable', clones: 'any', fault: null })
})

test('an unknown fault is refused with the list of those there are', () => {
  expect(() => readVolumeParameters({ fault: 'toString' }, on)).toThrow(
    `Unknown fault toString: choose one of ${Object.keys(volumeFaults).join(', ')}.`,
  )
  expect(() => readSnapshotParameters({ fault: 'restore-empty' }, on)).toThrow(`choose one of ${Object.keys(snapshotFaults).join(', ')}.`)
})

test('the deletion policy among the parameters of a group snapshot class is the business of the snapshotter', () => {
  expect(readGroupParameters({ deletionPolicy: 'Delete' }, off)).toBeNull()
  expect(() => readGroupParameters({ placement: 'movable' }, off)).toThrow(/^Unknown parameter placement/)
  expect(() => readGroupParameters({ fault: 'snapshot-lazy' }, on)).toThrow('choose one of group-apart, snapshot-fails, slow-calls.')
})

test.each([
  [{ fualt: 'restore-empty' }, /^Unknown parameter fualt: the driver knows placement, clones, fault/],
  [{ placement: 'there' }, /choose one of movable, node-local, zone-local/],
  [{ faultTimes: '2' }, /^faultTimes is set without fault/],
  [{ fault: 'stage-fails', faultCode: 'OK' }, /^Unknown faultCode OK: choose one of/],
  [{ fault: 'stage-fails', faultTimes: '-1' }, /^faultTimes is -1: give a number/],
  [{ clones: 'never' }, /^Unknown value never of clones: choose one of any, unused/],
  [{ fault: 'slow-calls', faultSeconds: 'long' }, /^faultSeconds is long: give a number/],
])('the parameters %j of a StorageClass are refused', (parameters, message) => {
  expect(() => readVolumeParameters(parameters, on)).toThrow(message)
})

test.each(['3', '5', '65540', 'many', ''])('a read-ahead of %j KiB is refused', (readAheadKiB) => {
  expect(() => readMutableParameters({ readAheadKiB }, on)).toThrow(/give a multiple of 4 from 4 to 65536/)
})

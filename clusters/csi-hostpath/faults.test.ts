import { expect, test } from 'vitest'
import { faults, readParameters } from './faults.ts'

test('a fault is read only where faults are enabled', () => {
  const parameters = { fault: 'restore-empty', 'csi.storage.k8s.io/fstype': 'xfs' }
  expect(readParameters(parameters, { faultsEnabled: true })).toBe('restore-empty')
  expect(() => readParameters(parameters, { faultsEnabled: false })).toThrow(/start the driver with --faults/)
})

test('an unknown fault and an unknown parameter are refused with what there is', () => {
  expect(() => readParameters({ fault: 'toString' }, { faultsEnabled: true })).toThrow(
    `Unknown fault toString: choose one of ${Object.keys(faults).join(', ')}.`,
  )
  expect(() => readParameters({ fualt: 'restore-empty' }, { faultsEnabled: true })).toThrow(/^Unknown parameter fualt/)
  expect(readParameters({}, { faultsEnabled: false })).toBeNull()
})

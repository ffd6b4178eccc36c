import { expect, test } from 'vitest'
import { registeredDriver } from './registered-driver.ts'

test('a driver is found by its whole name, and not on a node that has none', () => {
  const ours = { name: 'csi.example', nodeID: 'worker' }
  const csiNode = { spec: { drivers: [{ name: 'csi.example.other', nodeID: 'a' }, ours] } }
  expect(registeredDriver(csiNode, 'csi.example')).toBe(ours)
  expect(registeredDriver(csiNode, 'csi')).toBeUndefined()
  expect(registeredDriver({ spec: { drivers: null } }, 'csi.example')).toBeUndefined()
})

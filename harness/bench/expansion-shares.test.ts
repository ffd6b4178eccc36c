import { expect, test } from 'vitest'
import { awaitsNode, sharesOf, timedCall } from './expansion-shares.ts'

const moments = { sent: 1000, awaitedNode: 1400, seen: 4400, recorded: 4500 }

test('without a call log an expansion has the share of the sidecar and that of the kubelet', () => {
  expect(sharesOf({ ...moments, calls: [] })).toEqual({
    'sidecar and driver, until the PVC awaits its node': 0.4,
    'kubelet and driver, until seen in the Pod': 3,
    'afterwards, until the capacity of the PVC says so': 0.1,
  })
})

test('with a call log the parts add up to the whole and the calls stand apart', () => {
  const calls = [
    { method: 'NodeExpandVolume', from: 100, to: 200 },
    { method: 'ControllerExpandVolume', from: 1100, to: 1300 },
    { method: 'NodeExpandVolume', from: 4000, to: 4450 },
  ]
  const shares = sharesOf({ ...moments, calls })
  expect(shares).toMatchObject({ ControllerExpandVolume: 0.2, 'kubelet, until NodeExpandVolume': 2.6 })
  const whole = Object.values(shares).reduce((sum, share) => sum + share, 0)
  expect(whole).toBeCloseTo((moments.recorded - moments.sent) / 1000)
})

test('a line of the call log has a name and two moments', () => {
  const line = JSON.stringify({ at: '1970-01-01T00:00:01.000Z', method: '/csi.v1.Node/NodeExpandVolume', durationMs: 12 })
  expect(timedCall(line)).toEqual({ method: 'NodeExpandVolume', from: 1000, to: 1012 })
})

test('a PVC awaits its node by its status or by its condition', () => {
  const pvc = (status: unknown) => ({ metadata: { name: 'a', uid: 'u', resourceVersion: '1' }, status })
  expect(awaitsNode(pvc({ allocatedResourceStatuses: { storage: 'NodeResizePending' } }))).toBe(true)
  expect(awaitsNode(pvc({ conditions: [{ type: 'FileSystemResizePending', status: 'True' }] }))).toBe(true)
  expect(awaitsNode(pvc({ allocatedResourceStatuses: { storage: 'ControllerResizeInProgress' } }))).toBe(false)
})

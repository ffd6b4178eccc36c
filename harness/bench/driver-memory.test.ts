import { expect, test } from 'vitest'
import { memoryIn, mountingContainer } from './driver-memory.ts'

test('the processes of a container add up, without the one that reads', () => {
  const printed = [
    '31',
    '/proc/1/status:VmHWM:\t   90000 kB',
    '/proc/1/status:VmRSS:\t   80000 kB',
    '/proc/12/status:VmHWM:\t    2000 kB',
    '/proc/12/status:VmRSS:\t    1000 kB',
    '/proc/31/status:VmHWM:\t    5000 kB',
    '/proc/31/status:VmRSS:\t    5000 kB',
    '',
  ].join('\n')
  expect(memoryIn(printed)).toEqual({ resident: (81_000 * 1024) / 1e6, most: (92_000 * 1024) / 1e6 })
})

function driverPod(volume: string) {
  return {
    metadata: { name: 'node-1', uid: 'u', resourceVersion: '1' },
    spec: {
      volumes: [{ hostPath: { path: `/var/lib/kubelet/plugins/${volume}` } }, { emptyDir: {} }],
      containers: [
        { name: 'node-driver-registrar', volumeMounts: [{ name: 'socket' }] },
        { name: 'driver', volumeMounts: [{ name: 'socket' }, { name: 'kubelet', mountPropagation: 'Bidirectional' }] },
      ],
    },
  }
}

test('the driver is told from its sidecars by the mounts that reach the host', () => {
  expect(mountingContainer(driverPod('csi.example.com'), 'csi.example.com')).toBe('driver')
  expect(mountingContainer(driverPod('other.example.com'), 'csi.example.com')).toBeUndefined()
})

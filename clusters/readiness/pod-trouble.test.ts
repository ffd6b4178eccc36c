import type { CoreV1Event, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { troubleOf, troubleText } from './pod-trouble.ts'

const image = 'example.com/driver:v1'
const registry = 'failed to pull and unpack image "example.com/driver:v1": example.com/driver:v1: not found'

function container(name: string, changes: Partial<V1ContainerStatus>): V1ContainerStatus {
  return { name, image, imageID: '', ready: false, restartCount: 0, ...changes }
}

function pod(status: V1Pod['status']): V1Pod {
  return { metadata: { name: 'csi-0', namespace: 'storage' }, ...(status && { status }) }
}

function warning(message: string, about = 'csi-0', second = 1): CoreV1Event {
  const lastTimestamp = new Date(Date.UTC(2026, 10, 28, 0, 0, second))
  return { type: 'Warning', message, involvedObject: { name: about }, lastTimestamp, metadata: { name: `e${second}` } }
}

const waits = (reason: string, message?: string) => ({ state: { waiting: { reason, ...(message !== undefined && { message }) } } })
const crashed = { terminated: { exitCode: 2, reason: 'Error', message: 'no such\n  device' } }

test.each<[string, V1Pod['status'], readonly CoreV1Event[], string | undefined]>([
  ['ready', { conditions: [{ type: 'Ready', status: 'True' }] }, [], undefined],
  ['done', { phase: 'Succeeded' }, [], undefined],
  [
    'unschedulable',
    {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available.' }],
    },
    [],
    'Pod storage/csi-0: Pending: 0/3 nodes are available',
  ],
  ['no status', undefined, [], 'Pod storage/csi-0: without a status'],
  [
    'without its volume',
    { phase: 'Pending', containerStatuses: [container('driver', waits('ContainerCreating'))] },
    [warning('of another', 'csi-1', 9), warning('MountVolume.SetUp failed: secret "pool" not found', 'csi-0', 5), warning('older')],
    'Pod storage/csi-0, container driver: ContainerCreating: MountVolume.SetUp failed: secret "pool" not found',
  ],
  [
    'in a crash loop',
    {
      containerStatuses: [
        container('driver', {
          ...waits('CrashLoopBackOff', 'back-off 40s restarting failed container'),
          lastState: crashed,
          restartCount: 3,
        }),
      ],
    },
    [],
    'Pod storage/csi-0, container driver: CrashLoopBackOff (it ended with exit code 2): no such device',
  ],
  [
    'kept back by a container that runs first',
    {
      initContainerStatuses: [
        container('done', { state: { terminated: { exitCode: 0 } } }),
        container('beside', { started: true, ready: true }),
        container('first', { state: { terminated: { exitCode: 1, reason: 'OOMKilled' } } }),
      ],
      containerStatuses: [container('driver', waits('PodInitializing'))],
    },
    [],
    'Pod storage/csi-0, container first: OOMKilled (it ended with exit code 1, out of memory)',
  ],
  [
    'running',
    { phase: 'Running', containerStatuses: [container('sidecar', { ready: true }), container('driver', { state: { running: {} } })] },
    [warning('Readiness probe failed: connection refused.')],
    'Pod storage/csi-0, container driver: Running, but not ready: Readiness probe failed: connection refused',
  ],
])('a Pod that is %s', (...[, status, events, expected]) => {
  const found = troubleOf(pod(status), events)
  expect(found && troubleText(found)).toBe(expected)
})

test.each([
  ['ErrImagePull', registry, [], registry, false],
  ['ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${registry}`, [], registry, false],
  ['ImagePullBackOff', `Back-off pulling image "${image}"`, [warning(registry)], registry, false],
  ['ImagePullBackOff', `Back-off pulling image "${image}"`, [], `Back-off pulling image "${image}"`, false],
  [
    'InvalidImageName',
    'couldn\'t parse image name "x:y:z": invalid reference format',
    [],
    'couldn\'t parse image name "x:y:z": invalid reference format',
    true,
  ],
])('of %s the words of the registry are told', (...[reason, message, events, expected, isFinal]) => {
  const found = troubleOf(pod({ containerStatuses: [container('driver', waits(reason, message))] }), events)
  expect(found?.pull).toEqual({ image, message: expected, isFinal })
})

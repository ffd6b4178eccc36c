import { expect, test } from 'vitest'
import { idlePod } from './idle-pod.ts'
import { withProbes } from './probes.ts'

const idle = idlePod('idle', { cluster: { workloadImage: 'workload' } })
const command = ['test', '-e', '/tmp/gate']

test('gives containers the probes that are named, and no others', () => {
  const [container] = withProbes(idle, { command, liveness: 3, readiness: 1 }).spec.containers
  expect(container.livenessProbe).toMatchObject({ exec: { command }, periodSeconds: 1, failureThreshold: 3 })
  expect(container.readinessProbe).toMatchObject({ exec: { command }, failureThreshold: 1 })
  expect(container.startupProbe).toBeUndefined()
})

test('kills a container at once that fails, where its probe does so', () => {
  const [container] = withProbes(idle, { command, startup: 5, readiness: 1 }).spec.containers
  expect(container.startupProbe?.terminationGracePeriodSeconds).toBe(1)
  expect(container.readinessProbe?.terminationGracePeriodSeconds).toBeUndefined()
})

test('keeps the probes that were given before', () => {
  const [container] = withProbes(withProbes(idle, { command, startup: 5 }), { command: ['true'], readiness: 1 }).spec.containers
  expect(container.startupProbe?.exec?.command).toEqual(command)
  expect(container.readinessProbe?.exec?.command).toEqual(['true'])
})

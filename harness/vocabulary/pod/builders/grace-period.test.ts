import { expect, test } from 'vitest'
import { withDefaultGracePeriod, withLongGracePeriod, withPreStop } from './grace-period.ts'
import { idlePod } from './idle-pod.ts'

const idle = idlePod('idle', { cluster: { workloadImage: 'workload' } })

test('leaves the grace period to the API server', () => {
  expect(idle.spec.terminationGracePeriodSeconds).toBe(10)
  expect(withDefaultGracePeriod(idle).spec).not.toHaveProperty('terminationGracePeriodSeconds')
})

test('lets containers do nothing for a while before they are asked to end', () => {
  const [container] = withPreStop(idle, 20).spec.containers
  expect(container.lifecycle?.preStop?.exec?.command).toEqual(['sleep', '20'])
})

test('lets the Pods of a workload take longer to end than a guarantee waits', () => {
  const workload = { spec: { replicas: 1, template: { spec: idle.spec } } }
  expect(withLongGracePeriod(workload).spec).toMatchObject({ replicas: 1, template: { spec: { terminationGracePeriodSeconds: 600 } } })
})

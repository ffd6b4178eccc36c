import { expect, test } from 'vitest'
import { withDefaultGracePeriod, withPreStop } from './grace-period.ts'
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

import { expect } from 'vitest'
import { conformance, driverAsked, measureDriverCalls, pod, podReady, pvc } from '../../harness/index.ts'

conformance(
  {
    id: 'access-modes/attached-with-one-mode',
    statement:
      'A PVC that lists several access modes asks the CSI driver for a volume that supports all of them. Each later call names one: the volume is attached with the widest, and mounted with the first of the list.',
    level: 'MAY',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'DriverCallLog'],
    mutants: ['access-modes-tidied'],
    proves: {
      'access.one-mode-at-a-time': { 'all-at-creation': 'created-with-all', 'one-at-a-time': ['attached-with-one', 'mounted-with-one'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const mode = ['access_mode', 'mode']
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()

    await namespace.apply(pvc('data', { cluster, size: sizes.small, accessMode: ['ReadWriteOnce', 'ReadWriteMany'] }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'user' }), { within: limits.podReady })

    const calls = await measureDriverCalls('in the end', { cluster, history, measure }, 'data')
    const [first, second] = [
      ['volume_capabilities', '0', ...mode],
      ['volume_capabilities', '1', ...mode],
    ]
    const path = ['volume_capability', ...mode]
    const asOne = driverAsked({ calls, method: 'CreateVolume', path: first, value: 'SINGLE_NODE_MULTI_WRITER' })
    const asMany = driverAsked({ calls, method: 'CreateVolume', path: second, value: 'MULTI_NODE_MULTI_WRITER' })
    const attached = driverAsked({ calls, method: 'ControllerPublishVolume', path, value: 'MULTI_NODE_MULTI_WRITER' })
    const staged = driverAsked({ calls, method: 'NodeStageVolume', path, value: 'SINGLE_NODE_MULTI_WRITER' })
    const published = driverAsked({ calls, method: 'NodePublishVolume', path, value: 'SINGLE_NODE_MULTI_WRITER' })
    await expect(history).toUphold(asOne, { as: 'created-with-all' })
    await expect(history).toUphold(asMany, { as: 'created-with-all' })
    await expect(history).toUphold(attached, { as: 'attached-with-one' })
    await expect(history).toUphold(staged, { as: 'mounted-with-one' })
    await expect(history).toUphold(published, { as: 'mounted-with-one' })
  },
)

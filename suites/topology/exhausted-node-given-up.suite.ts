import { expect } from 'vitest'
import { conformance, fullOnceClass, nodeSelectedAnew, pod, podReady, pvc } from '../../harness/index.ts'

conformance(
  {
    id: 'topology/exhausted-node-given-up',
    statement:
      'If the driver has no room for a volume on the node that the scheduler selected, the selection is given up. The scheduler selects a node again, and the Pod starts once there is room.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-capacity/', section: 'rescheduling' },
    // A driver that says once that it has no room.
    requires: ['DynamicProvisioning', 'NodeLocalVolumes', 'DriverFaults'],
    mutants: ['selected-node-kept'],
    proves: { 'topology.selected-node-reschedule': { 'given-up': 'selected-anew', again: ['selected-anew', 'started'] } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(fullOnceClass(namespace.name, { cluster }))

    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: namespace.name }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))

    await expect(pods).toReach(podReady({ pod: 'user' }), { within: limits.podReady, as: 'started' })
    await expect(history).toUphold(nodeSelectedAnew({ pvc: 'data' }), { as: 'selected-anew' })
  },
)

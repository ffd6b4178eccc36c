import { expect } from 'vitest'
import { conformance, ephemeralPod, fileSystemSized, podReady, pvcOwnedBy, together, volumeIn, volumeRemoved } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/generic-ephemeral',
    statement:
      'A generic ephemeral volume has the requested size, and its PVC is owned by its Pod. PVC and volume are deleted with the Pod.',
    level: 'MUST',
    source: { page: 'concepts/storage/ephemeral-volumes/', section: 'lifecycle-and-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity'],
    mutants: ['pvcs-orphaned', 'volume-not-mounted'],
    proves: { 'pod.generic-ephemeral-volume': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('scratch', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs(), pods)

    await namespace.apply(ephemeralPod('scratch', { cluster, size: sizes.small }))
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: 'scratch-data', pod: 'scratch' }), { within: limits.pvcBound })
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady })
    await volume.fill()
    const found = await volume.readSize('in use')
    await namespace.delete({ kind: 'Pod', name: 'scratch' })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'scratch-data' }), { within: limits.objectDeleted })

    await expect(history).toUphold(fileSystemSized({ found, size: sizes.small }))
  },
)

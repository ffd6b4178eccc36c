import { expect } from 'vitest'
import {
  allReady,
  conformance,
  differentVolumes,
  ephemeralPod,
  fileSystemSized,
  keepsItsVolume,
  pvcOwnedBy,
  together,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/generic-ephemeral',
    statement:
      'A generic ephemeral volume has the requested size, and its PVC is owned by its Pod. PVC and volume are deleted with the Pod.',
    level: 'MUST',
    source: { page: 'concepts/storage/ephemeral-volumes/', section: 'lifecycle-and-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'EnforcedCapacity'],
    mutants: ['pvcs-orphaned', 'volume-not-mounted'],
    proves: { 'pod.generic-ephemeral-volume': { own: ['owned', 'different-volumes', 'own-data'], removed: ['removed', 'others-stay'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const volume = volumeIn('scratch', { namespace, measure })
    const neighbour = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs(), pods)

    await namespace.apply(ephemeralPod('scratch', { cluster, size: sizes.small }))
    await namespace.apply(ephemeralPod('second', { cluster, size: sizes.small }))
    await namespace.apply(ephemeralPod('third', { cluster, size: sizes.small }))
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: 'scratch-data', pod: 'scratch' }), { within: limits.pvcBound, as: 'owned' })
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: 'second-data', pod: 'second' }), { within: limits.pvcBound, as: 'owned' })
    await expect(pvcs).toReach(pvcOwnedBy({ pvc: 'third-data', pod: 'third' }), { within: limits.pvcBound, as: 'owned' })
    await expect(pods).toReach(allReady({ pods: ['scratch', 'second', 'third'] }), { within: limits.podReady })
    await volume.fill()
    const ofSecond = await neighbour.readTree('while the first is full')
    const found = await volume.readSize('in use')
    await namespace.delete({ kind: 'Pod', name: 'scratch' })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'scratch-data' }), { within: limits.objectDeleted, as: 'removed' })

    await expect(history).toUphold(fileSystemSized({ found, size: sizes.small }))
    await expect(history).toUphold(differentVolumes({ pvcs: ['scratch-data', 'second-data', 'third-data'] }), { as: 'different-volumes' })
    await expect(history).toUphold(volumeEmpty({ found: ofSecond }), { as: 'own-data' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'second-data' }), { as: 'others-stay' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'third-data' }), { as: 'others-stay' })
  },
)

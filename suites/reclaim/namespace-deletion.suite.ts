import { expect } from 'vitest'
import {
  conformance,
  driverFilesGone,
  driverFilesKept,
  measureVolumeFiles,
  namespaceGone,
  podWithPvcs,
  podReady,
  pvc,
  together,
  until,
  volumeReleased,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/namespace-deletion',
    statement:
      'Deleting a namespace deletes its PVCs, even those in use. Each volume follows its reclaim policy: with Delete the storage is removed, with Retain the volume is Released and keeps it.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'reclaiming' },
    requires: ['DynamicProvisioning', 'DriverCallLog'],
    mutants: ['delete-leaves-data', 'retain-undone'],
    proves: {
      'reclaim.namespace-deletion': {
        pvcs: ['namespace-gone', 'scratch-removed'],
        'with-delete': ['scratch-removed', 'scratch-files-gone'],
        'with-retain': ['kept-released', 'kept-files'],
      },
      'reclaim.policy-editable-on-pv': {
        'to-retain': ['kept-released', 'kept-files'],
        'whatever-class': ['scratch-removed', 'scratch-files-gone'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const pods = await observe.pods()
    const namespaces = await observe.namespaces()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(pvc('scratch', { cluster, size: sizes.small }))
    await namespace.apply(pvc('kept', { cluster, size: sizes.small }))
    await namespace.apply(podWithPvcs('holder', { cluster, pvcs: ['scratch', 'kept'] }))
    await until(pods, podReady({ pod: 'holder' }), { within: limits.podReady })
    // The StorageClass of both has reclaimPolicy Delete.
    await namespace.patch(await namespace.pvOf('kept'), { spec: { persistentVolumeReclaimPolicy: 'Retain' } })

    await namespace.delete({ kind: 'Namespace', name: namespace.name })
    await expect(namespaces).toReach(namespaceGone({ namespace: namespace.name }), {
      within: limits.namespaceDestroyed,
      as: 'namespace-gone',
    })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'scratch' }), { within: limits.objectDeleted, as: 'scratch-removed' })
    await expect(volumes).toReach(volumeReleased({ pvc: 'kept' }), { within: limits.objectDeleted, as: 'kept-released' })

    const scratch = await measureVolumeFiles('of the deleted volume', { cluster, history, namespace, measure }, ['scratch'])
    const kept = await measureVolumeFiles('of the retained volume', { cluster, history, namespace, measure }, ['kept'])
    await expect(history).toUphold(driverFilesGone(scratch), { as: 'scratch-files-gone' })
    await expect(history).toUphold(driverFilesKept(kept), { as: 'kept-files' })
  },
)

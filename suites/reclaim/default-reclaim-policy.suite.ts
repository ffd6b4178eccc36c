import { expect } from 'vitest'
import {
  conformance,
  directoryVolume,
  driverFilesGone,
  measureVolumeFiles,
  pod,
  podGone,
  pvc,
  pvcsBound,
  storageClass,
  storedWith,
  together,
  until,
  volumeRemoved,
  volumesIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/default-reclaim-policy',
    statement:
      'A StorageClass without reclaimPolicy provisions volumes that are deleted with their PVC. A manually created PersistentVolume without one has policy Retain.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/storage-classes/', section: 'reclaim-policy' },
    requires: ['DynamicProvisioning'],
    mutants: ['classes-retain'],
    proves: { 'reclaim.default-is-delete': { policy: ['class-deletes', 'volume-deletes'], deleted: ['removed', 'files-gone'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const { name: own } = namespace
    const classes = await observe.storageClasses()
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumes = together(pvcs, await observe.pvs(), classes)
    const policyOfVolume = ['spec', 'persistentVolumeReclaimPolicy']

    await namespace.apply(storageClass(own, { cluster }))
    await namespace.apply(directoryVolume(`${own}-by-hand`, { storageClass: 'nobody-asks', size: sizes.small }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: own }))
    await namespace.apply(pod('user', { cluster, pvc: 'data' }))
    await until(pvcs, pvcsBound({ pvcs: ['data'] }), { within: limits.pvcBound })
    await until(volumes, volumesIn({ volumes: [`${own}-by-hand`], phase: 'Available' }), { within: limits.pvcBound })
    const { kind, name } = await namespace.pvOf('data')
    await expect(history).toUphold(storedWith({ kind: 'StorageClass', name: own, path: ['reclaimPolicy'], value: 'Delete' }), {
      as: 'class-deletes',
    })
    await expect(history).toUphold(storedWith({ kind, name, path: policyOfVolume, value: 'Delete' }), { as: 'volume-deletes' })
    await expect(history).toUphold(storedWith({ kind, name: `${own}-by-hand`, path: policyOfVolume, value: 'Retain' }))
    await namespace.delete({ kind: 'Pod', name: 'user' })
    await until(pods, podGone({ pod: 'user' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted, as: 'removed' })

    const left = await measureVolumeFiles('once the PVC was gone', { cluster, history, namespace, measure }, ['data'])
    await expect(history).toUphold(driverFilesGone(left), { as: 'files-gone' })
  },
)

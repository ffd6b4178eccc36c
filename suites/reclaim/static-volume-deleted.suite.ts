import { expect } from 'vitest'
import {
  conformance,
  directoryOfPvc,
  driverFilesGone,
  driverFilesKept,
  foundVolume,
  managedVolume,
  measureVolumeFiles,
  podGone,
  podReady,
  podWithPvcs,
  pvc,
  pvcsBound,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'reclaim/static-volume-deleted',
    statement:
      'A PersistentVolume made by hand with reclaim policy Delete for a volume of a CSI driver goes with its PVC, and so does the storage. So does one that names no provisioner and is deleted before its PVC.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'persistentvolume-deletion-protection-finalizer' },
    since: '1.31',
    gate: 'HonorPVReclaimPolicy',
    requires: ['DynamicProvisioning', 'DriverCallLog'],
    mutants: ['delete-leaves-data'],
    proves: {
      'reclaim.static-csi-volume': {
        usable: ['bound', 'same-data'],
        removed: ['removed', 'storage-gone'],
        'pv-first': ['pv-first-removed', 'storage-gone'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const size = sizes.small
    const retained = { spec: { persistentVolumeReclaimPolicy: 'Retain' } }
    const of = async (name: string) => namespace.read(await namespace.pvOf(name))
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumes = together(pvcs, await observe.pvs())
    await namespace.apply(pvc('one', { cluster, size }))
    await namespace.apply(pvc('other', { cluster, size }))
    await namespace.apply(podWithPvcs('writer', { cluster, pvcs: ['one', 'other'] }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await volumeIn('writer', fixtures, directoryOfPvc('one')).fill()
    await volumeIn('writer', fixtures, directoryOfPvc('other')).fill()
    const one = await volumeIn('writer', fixtures, directoryOfPvc('one')).readTree('of the first, before')
    const other = await volumeIn('writer', fixtures, directoryOfPvc('other')).readTree('of the second, before')
    const named = { namespace: namespace.name, name: 'one-again' }
    const marked = managedVolume(`${namespace.name}-one`, { of: await of('one'), pvc: named })
    const plain = foundVolume(`${namespace.name}-other`, { of: await of('other'), pvc: { ...named, name: 'other-again' } })
    await namespace.patch(await namespace.pvOf('one'), retained)
    await namespace.patch(await namespace.pvOf('other'), retained)
    const [volumeOfOne, volumeOfOther] = [await namespace.pvOf('one'), await namespace.pvOf('other')]
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'other' })
    await namespace.delete(volumeOfOne)
    await namespace.delete(volumeOfOther)
    await until(volumes, volumeRemoved({ pvc: 'one' }), { within: limits.objectDeleted })
    await until(volumes, volumeRemoved({ pvc: 'other' }), { within: limits.objectDeleted })
    const kept = await measureVolumeFiles('once both PersistentVolumes were gone', fixtures, ['one', 'other'])
    await expect(history).toUphold(driverFilesKept(kept))

    await namespace.apply(marked)
    await namespace.apply(plain)
    await namespace.apply(pvc('one-again', { cluster, size, volume: marked.metadata.name }))
    await namespace.apply(pvc('other-again', { cluster, size, volume: plain.metadata.name }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['one-again', 'other-again'] }), { within: limits.pvcBound, as: 'bound' })
    await namespace.apply(podWithPvcs('reader', { cluster, pvcs: ['one-again', 'other-again'] }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const oneAfter = await volumeIn('reader', fixtures, directoryOfPvc('one-again')).readTree('of the first, by hand')
    const otherAfter = await volumeIn('reader', fixtures, directoryOfPvc('other-again')).readTree('of the second, by hand')
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await until(pods, podGone({ pod: 'reader' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'one-again' })
    await namespace.delete({ kind: 'PersistentVolume', name: plain.metadata.name })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'other-again' })

    await expect(volumes).toReach(volumeRemoved({ pvc: 'one-again' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'other-again' }), { within: limits.objectDeleted, as: 'pv-first-removed' })
    const gone = await measureVolumeFiles('once both PVCs were gone', fixtures, ['one-again', 'other-again'])
    await expect(history).toUphold(driverFilesGone(gone), { as: 'storage-gone' })
    await expect(history).toUphold(treesEqual({ expected: one, actual: oneAfter }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: other, actual: otherAfter }), { as: 'same-data' })
  },
)

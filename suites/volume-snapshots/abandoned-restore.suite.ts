import { expect } from 'vitest'
import {
  callOpenAtDeletion,
  conformance,
  measureDriverCalls,
  namespaceGone,
  pod,
  premise,
  pvc,
  pvcAbsent,
  pvcsBound,
  slowClass,
  until,
  volumeSnapshot,
  volumeSnapshotAbsent,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/abandoned-restore',
    statement:
      'A VolumeSnapshot can be deleted although a PVC was deleted while its volume was being made from it, and although the StorageClass of that PVC is gone. So can the namespace.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'delete' },
    // A slow driver is still restoring when the PVC is deleted.
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'VolumeSnapshots', 'DriverCallLog', 'DriverFaults'],
    mutants: ['restore-remembered'],
    proves: {
      'snapshot.in-use-as-source-protection': {
        abandoned: ['gone', 'gone-without-class'],
        'with-namespace': 'namespace-gone',
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const [slow, vanishing, size] = [`${namespace.name}-slow`, `${namespace.name}-vanishing`, sizes.small]
    const namespaces = await observe.namespaces()
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvs()
    await namespace.apply(slowClass(slow, { cluster }))
    await namespace.apply(slowClass(vanishing, { cluster }))
    await namespace.apply(pvc('source', { cluster, size }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pvcs, pvcsBound({ pvcs: ['source'] }), { within: limits.pvcBound })
    await namespace.apply(volumeSnapshot('one', { cluster, of: 'source' }))
    await namespace.apply(volumeSnapshot('two', { cluster, of: 'source' }))
    await namespace.apply(volumeSnapshot('three', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'one' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'two' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'three' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(pvc('of-one', { cluster, size, fromSnapshot: 'one', storageClass: slow }))
    await namespace.apply(pvc('of-two', { cluster, size, fromSnapshot: 'two', storageClass: vanishing }))
    await namespace.apply(pvc('clock', { cluster, size, fromSnapshot: 'three' }))
    // The driver was asked for this one later, by the same way, and has answered already: it is busy with the others.
    await until(pvcs, pvcsBound({ pvcs: ['clock'] }), { within: limits.pvcBound })
    await namespace.delete(slowClass(vanishing, { cluster }))
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'of-one' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'of-two' })
    await until(pvcs, pvcAbsent({ pvc: 'of-one' }), { within: limits.objectDeleted })
    await until(pvcs, pvcAbsent({ pvc: 'of-two' }), { within: limits.objectDeleted })
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'one' })
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'two' })
    const within = limits.objectDeleted
    await expect(volumeSnapshots).toReach(volumeSnapshotAbsent({ volumeSnapshot: 'one' }), { within, as: 'gone' })
    await expect(volumeSnapshots).toReach(volumeSnapshotAbsent({ volumeSnapshot: 'two' }), { within, as: 'gone-without-class' })
    // The driver is as slow with this one, so that it has answered the others once this is Bound.
    await namespace.apply(pvc('slow-clock', { cluster, size, storageClass: slow }))
    await until(pvcs, pvcsBound({ pvcs: ['slow-clock'] }), { within: limits.pvcBound })
    const callsOfOne = await measureDriverCalls('once the snapshot was gone', fixtures, 'of-one')
    const callsOfTwo = await measureDriverCalls('once the snapshot was gone', fixtures, 'of-two')
    await premise(history, callOpenAtDeletion({ calls: callsOfOne, method: 'CreateVolume' }))
    await premise(history, callOpenAtDeletion({ calls: callsOfTwo, method: 'CreateVolume' }))
    await namespace.apply(pvc('of-three', { cluster, size, fromSnapshot: 'three', storageClass: slow }))
    await namespace.apply(pvc('second-clock', { cluster, size, fromSnapshot: 'three' }))
    await until(pvcs, pvcsBound({ pvcs: ['second-clock'] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'Namespace', name: namespace.name })

    const gone = namespaceGone({ namespace: namespace.name })
    await expect(namespaces).toReach(gone, { within: limits.namespaceDestroyed, as: 'namespace-gone' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  pod,
  podReady,
  pvc,
  pvcPending,
  pvcWarned,
  pvcsBound,
  storageClass,
  until,
  volumeSnapshot,
  volumeSnapshotAbsent,
  volumeSnapshotReady,
  volumeSnapshotTerminating,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/invalid-restore-stays-pending',
    statement:
      'A restore must request at least the snapshot size and a StorageClass of the same driver. Otherwise the PVC stays Pending. A deleted VolumeSnapshot stays until no PVC waits for it.',
    level: 'MUST',
    source: { page: 'https://kubernetes-csi.github.io/docs/snapshot-restore-feature.html', section: 'snapshot--restore-feature' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['restores-made-blank'],
    proves: {
      'snapshot.restore-needs-size': { smaller: 'smaller-waits', enough: 'enough-bound' },
      'snapshot.in-use-as-source-protection': { stays: 'kept', 'then-gone': 'gone' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const elsewhere = storageClass(`${namespace.name}-elsewhere`, { cluster, provisioner: 'elsewhere.holdfast.dev' })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const events = await observe.pvcEvents()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(elsewhere)
    await namespace.apply(pvc('source', { cluster, size: sizes.medium }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    // Before that the volume may have no file system yet.
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(pvc('smaller', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(
      pvc('other-driver', { cluster, size: sizes.medium, storageClass: elsewhere.metadata.name, fromSnapshot: 'moment' }),
    )
    await namespace.apply(pvc('equal', { cluster, size: sizes.medium, fromSnapshot: 'moment' }))
    await namespace.apply(pvc('larger', { cluster, size: sizes.large, fromSnapshot: 'moment' }))
    await namespace.apply(pod('first', { cluster, pvc: 'smaller' }))
    await namespace.apply(pod('second', { cluster, pvc: 'other-driver' }))
    await namespace.apply(pod('third', { cluster, pvc: 'equal' }))
    await namespace.apply(pod('fourth', { cluster, pvc: 'larger' }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['equal', 'larger'] }), { within: limits.pvcBound, as: 'enough-bound' })
    const restored = mark('restored')
    await expect(pvcs).toStay(pvcPending({ pvc: 'smaller' }), { for: limits.staysUnchanged, after: restored, as: 'smaller-waits' })
    await expect(pvcs).toStay(pvcPending({ pvc: 'other-driver' }), { for: limits.staysUnchanged, after: restored })
    await until(events, pvcWarned({ pvc: 'smaller', by: cluster.driver }), { within: limits.pvcBound })

    await namespace.delete({ kind: 'VolumeSnapshot', name: 'moment' })
    const marked = volumeSnapshotTerminating({ volumeSnapshot: 'moment' })
    const deleted = mark('VolumeSnapshot deleted')
    await expect(volumeSnapshots).toStay(marked, { for: limits.staysUnchanged, after: deleted, as: 'kept' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'smaller' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'other-driver' })
    await expect(volumeSnapshots).toReach(volumeSnapshotAbsent({ volumeSnapshot: 'moment' }), { within: limits.objectDeleted, as: 'gone' })
  },
)

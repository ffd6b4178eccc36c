import { expect } from 'vitest'
import {
  conformance,
  pod,
  podGone,
  podReady,
  pvc,
  pvcTerminating,
  pvcsBound,
  together,
  until,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotAbsent,
  volumeSnapshotReady,
  volumeSnapshotRefused,
  volumeSnapshotTaken,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/failed-snapshot-and-source',
    statement:
      'A PVC can be deleted although a VolumeSnapshot of it has failed. If another VolumeSnapshot of it was taken beside the failed one, the PVC stays, even without any VolumeSnapshot, until its finalizer is removed by hand.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'persistent-volume-claim-as-snapshot-source-protection' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['failed-source-guarded', 'sources-unguarded'],
    proves: {
      'snapshot.failed-snapshot-frees-source': { free: 'free', held: ['held', 'still-held'], 'by-hand': 'freed-by-hand' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const [size, missing] = [sizes.small, `${namespace.name}-missing`]
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumes = together(pvcs, await observe.pvs())
    const volumeSnapshots = await observe.volumeSnapshots()
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('failed-only', { cluster, size }))
    await namespace.apply(pvc('both', { cluster, size }))
    await namespace.apply(pod('one', { cluster, pvc: 'failed-only' }))
    await namespace.apply(pod('other', { cluster, pvc: 'both' }))
    await until(pods, podReady({ pod: 'one' }), { within: limits.podReady })
    await until(pvcs, pvcsBound({ pvcs: ['failed-only', 'both'] }), { within: limits.pvcBound })
    await namespace.delete({ kind: 'Pod', name: 'one' })
    await namespace.delete({ kind: 'Pod', name: 'other' })
    await until(pods, podGone({ pod: 'one' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'other' }), { within: limits.podDeleted })
    const within = limits.volumeSnapshotReady
    await namespace.apply(volumeSnapshot('failed-beside', { cluster, of: 'both', snapshotClass: missing }))
    await until(volumeSnapshots, volumeSnapshotRefused({ volumeSnapshot: 'failed-beside' }), { within })
    await namespace.apply(volumeSnapshot('taken', { cluster, of: 'both' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'taken' }), { within })
    await until(contents, volumeSnapshotTaken({ volumeSnapshot: 'taken' }), { within })
    // The snapshot-controller refuses this one after it has seen what the sidecar did to the content of the other.
    await namespace.apply(volumeSnapshot('failed', { cluster, of: 'failed-only', snapshotClass: missing }))
    await until(volumeSnapshots, volumeSnapshotRefused({ volumeSnapshot: 'failed' }), { within })
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'taken' })
    await until(volumeSnapshots, volumeSnapshotAbsent({ volumeSnapshot: 'taken' }), { within: limits.objectDeleted })

    const held = pvcTerminating({ pvc: 'both' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'both' })
    const deleted = mark('PVC deleted')
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'failed-beside' })
    const failedGone = volumeSnapshotAbsent({ volumeSnapshot: 'failed-beside' })
    await until(volumeSnapshots, failedGone, { within: limits.objectDeleted })
    const noneLeft = mark('no VolumeSnapshot left')
    await expect(pvcs).toStay(held, { for: limits.staysUnchanged, after: deleted, as: 'held' })
    await expect(pvcs).toStay(held, { for: limits.staysUnchanged, after: noneLeft, as: 'still-held' })
    await namespace.patch({ kind: 'PersistentVolumeClaim', name: 'both' }, { metadata: { finalizers: null } })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'both' }), { within: limits.objectDeleted, as: 'freed-by-hand' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'failed-only' })

    await expect(volumes).toReach(volumeRemoved({ pvc: 'failed-only' }), { within: limits.objectDeleted, as: 'free' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  directoryVolume,
  pod,
  pvc,
  pvcsBound,
  snapshotClass,
  storageClass,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotRefused,
  volumeSnapshotUnready,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/snapshot-error-reported',
    statement:
      'A VolumeSnapshot with a missing class, an unbound PVC or a non-CSI volume reports an error and is not ready. It is taken after the class is created or the PVC is Bound.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-class-ignored'],
    proves: { 'snapshot.missing-class': {}, 'snapshot.csi-only': {}, 'snapshot.unbound-source': {}, 'snapshot.example-driver-class': {} },
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const directory = directoryVolume(`${namespace.name}-directory`, { storageClass: '', size: sizes.small })
    const missing = snapshotClass(`${namespace.name}-aws`, { cluster })
    const waits = storageClass(`${namespace.name}-waits`, { cluster, volumeBindingMode: 'WaitForFirstConsumer' })
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(directory)
    await namespace.apply(waits)
    await namespace.apply(pvc('by-hand', { cluster, size: sizes.small, storageClass: '', volume: directory.metadata.name }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('owner', { cluster, pvc: 'data' }))
    await namespace.apply(pvc('unused', { cluster, size: sizes.small, storageClass: waits.metadata.name }))
    await until(pvcs, pvcsBound({ pvcs: ['by-hand', 'data'] }), { within: limits.pvcBound })

    await namespace.apply(volumeSnapshot('of-no-class', { cluster, of: 'data', snapshotClass: missing.metadata.name }))
    await namespace.apply(volumeSnapshot('of-nothing', { cluster, of: 'unused' }))
    await namespace.apply(volumeSnapshot('of-directory', { cluster, of: 'by-hand' }))
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-no-class' }), { within: limits.volumeSnapshotReady })
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-nothing' }), { within: limits.volumeSnapshotReady })
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-directory' }), { within: limits.volumeSnapshotReady })
    const refused = mark('all refused')
    await namespace.apply(missing)
    await namespace.apply(pod('user', { cluster, pvc: 'unused' }))

    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'of-no-class' }), { within: limits.volumeSnapshotReady })
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'of-nothing' }), { within: limits.podReady })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'of-directory' }), {
      for: limits.staysUnchanged,
      after: refused,
    })
  },
)

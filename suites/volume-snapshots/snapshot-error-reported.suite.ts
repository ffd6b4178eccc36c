import { expect } from 'vitest'
import {
  conformance,
  directoryVolume,
  foreignVolume,
  pod,
  pvc,
  pvcsBound,
  snapshotClass,
  snapshotClassName,
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
      'A VolumeSnapshot with a missing class, an unbound PVC, a non-CSI volume or one of another driver reports an error and is not ready. It is taken once the class is there or the PVC Bound.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'volumesnapshots' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-class-ignored'],
    proves: {
      'snapshot.missing-class': {
        exists: ['no-class', 'no-class-yet', 'class-created'],
        driver: ['other-driver', 'never-by-other-driver'],
      },
      'snapshot.csi-only': { 'not-others': ['no-csi', 'never-without-csi'], csi: ['class-created', 'bound'] },
      'snapshot.unbound-source': { 'not-unbound': ['unbound', 'unbound-yet'], 'once-bound': 'bound' },
      'snapshot.example-driver-class': { 'no-class': ['no-class', 'no-class-yet'], 'class-decides': 'class-created' },
    },
    holds: ['PersistentVolumes without a class'],
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const directory = directoryVolume(`${namespace.name}-directory`, { storageClass: '', size: sizes.small })
    const foreign = foreignVolume(`${namespace.name}-foreign`, { storageClass: '', size: sizes.small, driver: 'elsewhere.holdfast.dev' })
    const missing = snapshotClass(snapshotClassName(namespace.name, 'aws'), { cluster })
    const waits = storageClass(`${namespace.name}-waits`, { cluster, volumeBindingMode: 'WaitForFirstConsumer' })
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await namespace.apply(directory)
    await namespace.apply(foreign)
    await namespace.apply(waits)
    await namespace.apply(pvc('by-hand', { cluster, size: sizes.small, storageClass: '', volume: directory.metadata.name }))
    await namespace.apply(pvc('of-foreign-driver', { cluster, size: sizes.small, storageClass: '', volume: foreign.metadata.name }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('owner', { cluster, pvc: 'data' }))
    await namespace.apply(pvc('unused', { cluster, size: sizes.small, storageClass: waits.metadata.name }))
    await until(pvcs, pvcsBound({ pvcs: ['by-hand', 'of-foreign-driver', 'data'] }), { within: limits.pvcBound })

    await namespace.apply(volumeSnapshot('of-no-class', { cluster, of: 'data', snapshotClass: missing.metadata.name }))
    await namespace.apply(volumeSnapshot('of-nothing', { cluster, of: 'unused' }))
    await namespace.apply(volumeSnapshot('of-directory', { cluster, of: 'by-hand' }))
    await namespace.apply(volumeSnapshot('of-foreign', { cluster, of: 'of-foreign-driver' }))
    const within = limits.volumeSnapshotReady
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-no-class' }), { within, as: 'no-class' })
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-nothing' }), { within, as: 'unbound' })
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-directory' }), { within, as: 'no-csi' })
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'of-foreign' }), { within, as: 'other-driver' })
    const refused = { for: limits.staysUnchanged, after: mark('all refused') }
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'of-no-class' }), { ...refused, as: 'no-class-yet' })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'of-nothing' }), { ...refused, as: 'unbound-yet' })
    await namespace.apply(missing)
    await namespace.apply(pod('user', { cluster, pvc: 'unused' }))

    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'of-no-class' }), { within, as: 'class-created' })
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'of-nothing' }), { within: limits.podReady, as: 'bound' })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'of-directory' }), { ...refused, as: 'never-without-csi' })
    await expect(volumeSnapshots).toStay(volumeSnapshotUnready({ volumeSnapshot: 'of-foreign' }), {
      ...refused,
      as: 'never-by-other-driver',
    })
  },
)

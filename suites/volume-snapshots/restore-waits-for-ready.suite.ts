import { expect } from 'vitest'
import {
  conformance,
  onlyOnceReady,
  pod,
  podGone,
  podReady,
  pvc,
  pvcsBound,
  sourceGuarded,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/restore-waits-for-ready',
    statement:
      'While a VolumeSnapshot is being taken, its deleted source PVC stays, and a restored PVC is not Bound. After the snapshot is ready, the source is gone and the restored PVC has all data.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'persistent-volume-claim-as-snapshot-source-protection' },
    // A slow driver leaves time to see that everything waits for it.
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'DriverFaults'],
    mutants: ['sources-unguarded', 'restores-made-blank'],
    proves: {
      'snapshot.restore-before-ready': { waits: 'bound-once-ready', 'then-restored': ['bound', 'restored', 'same'] },
      'snapshot.source-protection': { stays: ['guarded', 'gone-once-ready'], 'then-gone': 'gone' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const slow = cluster.faultySnapshotClasses['slow-calls']
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs(), await observe.volumeSnapshots())
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })

    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source', snapshotClass: slow }))
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    const guarded = sourceGuarded({ pvc: 'source', volumeSnapshot: 'moment' })
    await expect(pvcs).toReach(guarded, { within: limits.volumeSnapshotReady, as: 'guarded' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'source' })
    await expect(pvcs).toReach(volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await expect(pvcs).toReach(volumeRemoved({ pvc: 'source' }), { within: limits.objectDeleted, as: 'gone' })
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['restored'] }), { within: limits.pvcBound, as: 'bound' })
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })

    const after = await restored.readTree('restored')
    await expect(history).toUphold(onlyOnceReady({ volumeSnapshot: 'moment', pvc: 'source', until: 'gone' }), { as: 'gone-once-ready' })
    await expect(history).toUphold(onlyOnceReady({ volumeSnapshot: 'moment', pvc: 'restored', until: 'Bound' }), { as: 'bound-once-ready' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)

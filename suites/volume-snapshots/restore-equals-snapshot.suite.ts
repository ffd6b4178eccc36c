import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  logHoldsExactly,
  pod,
  podReady,
  pvc,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/restore-equals-snapshot',
    statement:
      'A PVC restored from a VolumeSnapshot has, byte for byte, the content that its source had when the snapshot was taken. It has a volume of its own.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'volume-snapshot-and-restore-volume-from-snapshot-support' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: [
      'restore-empty',
      'restore-current-source',
      'restore-drops-file',
      'restore-drops-modes',
      'restore-drops-symlinks',
      'restore-drops-xattrs',
    ],
    proves: {
      'snapshot.restore-equals-source': { same: ['tree', 'log'], 'of-then': ['tree', 'log'] },
      'snapshot.point-in-time': { before: ['tree', 'log'], writes: ['tree', 'log'], deletions: 'tree' },
      'snapshot.ready-to-use': { reports: 'ready' },
      'snapshot.restore-same-namespace': { own: ['restored', 'tree'] },
      'snapshot.restore-fast-whole-volume': { whole: ['restored', 'tree', 'log'] },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const acknowledged = await source.appendRecords('before the snapshot')
    const before = await source.readTree('before the snapshot')

    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'moment' }), {
      within: limits.volumeSnapshotReady,
      as: 'ready',
    })
    await source.change()
    await source.appendRecords('after the snapshot')
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })

    const after = await restored.readTree('restored')
    const found = await restored.readRecords('restored')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'tree' })
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'log' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['source', 'restored'] }))
  },
)

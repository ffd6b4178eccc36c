import { expect } from 'vitest'
import {
  blockPod,
  conformance,
  contentOf,
  deviceIn,
  devicesEqual,
  pod,
  podReady,
  pvc,
  pvcPending,
  pvcsBound,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/block-mode',
    statement:
      'A raw block volume restored from its VolumeSnapshot has the same bytes. A restore in the other volume mode, either way, stays Pending until an annotation of the VolumeSnapshotContent allows it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'convert-volume-mode' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'BlockVolumes'],
    mutants: ['restore-empty', 'restores-made-blank'],
    proves: {
      'snapshot.block-restore': { same: 'same-bytes' },
      'snapshot.volume-mode-conversion': { 'block-to-files': 'no-files-yet', 'files-to-block': 'no-block-yet', permission: 'allowed' },
    },
    podSecurity: { level: 'baseline', why: 'A block device belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const source = deviceIn('writer', { namespace, measure })
    const restored = deviceIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.volumeSnapshotContents()
    await namespace.apply(pvc('source', { cluster, size: sizes.small, volumeMode: 'Block' }))
    await namespace.apply(blockPod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.writePattern()
    const before = await source.read('before the snapshot')
    await namespace.apply(pvc('files', { cluster, size: sizes.small }))
    await namespace.apply(pod('owner', { cluster, pvc: 'files' }))
    await until(pvcs, pvcsBound({ pvcs: ['files'] }), { within: limits.pvcBound })
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await namespace.apply(volumeSnapshot('of-files', { cluster, of: 'files' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-files' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(pvc('as-files', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('user', { cluster, pvc: 'as-files' }))
    await namespace.apply(pvc('as-block', { cluster, size: sizes.small, volumeMode: 'Block', fromSnapshot: 'of-files' }))
    await namespace.apply(blockPod('block-user', { cluster, pvc: 'as-block' }))
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, volumeMode: 'Block', fromSnapshot: 'moment' }))
    await namespace.apply(blockPod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const after = await restored.read('restored')
    await expect(history).toUphold(devicesEqual({ expected: before, actual: after }), { as: 'same-bytes' })
    const refused = mark('restored as a block device')
    await expect(pvcs).toStay(pvcPending({ pvc: 'as-files' }), { for: limits.staysUnchanged, after: refused, as: 'no-files-yet' })
    await expect(pvcs).toStay(pvcPending({ pvc: 'as-block' }), { for: limits.staysUnchanged, after: refused, as: 'no-block-yet' })
    const allowed = { metadata: { annotations: { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' } } }
    await namespace.patch(await contentOf(history, 'moment'), allowed)
    await namespace.patch(await contentOf(history, 'of-files'), allowed)

    await expect(pvcs).toReach(pvcsBound({ pvcs: ['as-files', 'as-block'] }), { within: limits.pvcBound, as: 'allowed' })
  },
)

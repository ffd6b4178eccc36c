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
      'A raw block volume restored from its VolumeSnapshot has the same bytes. A restore as a file system stays Pending until an annotation of the VolumeSnapshotContent allows the mode change.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'convert-volume-mode' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'BlockVolumes'],
    mutants: ['restore-empty', 'restores-made-blank'],
    proves: { 'snapshot.block-restore': {}, 'snapshot.volume-mode-conversion': {} },
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
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await namespace.apply(pvc('as-files', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('user', { cluster, pvc: 'as-files' }))
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, volumeMode: 'Block', fromSnapshot: 'moment' }))
    await namespace.apply(blockPod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const after = await restored.read('restored')
    await expect(history).toUphold(devicesEqual({ expected: before, actual: after }))
    const refused = mark('restored as a block device')
    await expect(pvcs).toStay(pvcPending({ pvc: 'as-files' }), { for: limits.staysUnchanged, after: refused })
    await namespace.patch(await contentOf(history, 'moment'), {
      metadata: { annotations: { 'snapshot.storage.kubernetes.io/allow-volume-mode-change': 'true' } },
    })

    await expect(pvcs).toReach(pvcsBound({ pvcs: ['as-files'] }), { within: limits.pvcBound })
  },
)

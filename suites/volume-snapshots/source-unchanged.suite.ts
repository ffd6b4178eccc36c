import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  pod,
  podReady,
  pvc,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/source-unchanged',
    statement:
      'Taking a VolumeSnapshot, restoring it and writing to the restored volume change neither the source volume nor the snapshot.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['restore-shares-source'],
    proves: { 'snapshot.restored-volume-independent': { source: ['source-same', 'same-volume'], snapshot: 'snapshot-same' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const again = volumeIn('second-reader', { namespace, measure })
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')

    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await until(pods, podReady({ pod: 'reader' }), { within: limits.podReady })
    await restored.change()
    const after = await source.readTree('after writes to the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'source-same' })
    await namespace.apply(pvc('restored-again', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('second-reader', { cluster, pvc: 'restored-again' }))
    await expect(pods).toReach(podReady({ pod: 'second-reader' }), { within: limits.podReady })

    const ofSnapshot = await again.readTree('restored after writes to the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: ofSnapshot }), { as: 'snapshot-same' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'source' }), { as: 'same-volume' })
  },
)

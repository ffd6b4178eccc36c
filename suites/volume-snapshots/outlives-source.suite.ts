import { expect } from 'vitest'
import {
  conformance,
  contentsLeft,
  foundSnapshot,
  handleOfSnapshot,
  pod,
  podAbsent,
  podReady,
  pvc,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotRefused,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/outlives-source',
    statement:
      'A VolumeSnapshot can be restored after its source is gone. With deletionPolicy Delete, deleting it deletes the snapshot in the storage system. Volumes restored earlier are unchanged.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshot-classes/', section: 'deletion-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-delete-leaves-data', 'restore-empty'],
    proves: { 'snapshot.survives-source-deletion': {}, 'snapshot.class-deletion-delete': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    const volumeSnapshots = await observe.volumeSnapshots()
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podAbsent({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'source' })
    await until(pvcs, volumeRemoved({ pvc: 'source' }), { within: limits.objectDeleted })

    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })
    const after = await restored.readTree('after the source was gone')
    const handle = await handleOfSnapshot(history, 'moment')
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'moment' })
    await expect(contents).toReach(contentsLeft({ contents: 0 }), { within: limits.objectDeleted })
    // Importing the snapshot manually shows whether the storage system still has it.
    const [content, again] = foundSnapshot('again', { cluster, handle, namespace: namespace.name })
    await namespace.apply(content)
    await namespace.apply(again)
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'again' }), { within: limits.volumeSnapshotReady })

    const later = await restored.readTree('after the snapshot was gone')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    await expect(history).toUphold(treesEqual({ expected: before, actual: later }))
  },
)

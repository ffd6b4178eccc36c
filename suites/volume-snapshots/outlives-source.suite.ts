import { expect } from 'vitest'
import {
  conformance,
  contentDeletionAnswered,
  contentOf,
  contentsLeft,
  foundSnapshot,
  handleOfSnapshot,
  pod,
  podGone,
  podReady,
  pvc,
  snapshotClass,
  snapshotClassName,
  together,
  treesEqual,
  volumeSnapshotUnready,
  until,
  volumeIn,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotRefused,
  volumeSnapshotsLeft,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/outlives-source',
    statement:
      'A VolumeSnapshot can be restored after its source is gone. Deleting it deletes the snapshot in the storage system with deletionPolicy Delete, not with Retain. Volumes restored earlier are unchanged. Where the driver refuses while such a volume is there, the deletion is done once it is gone.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshot-classes/', section: 'deletion-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['snapshot-delete-leaves-data', 'restore-empty'],
    proves: {
      'snapshot.survives-source-deletion': { usable: ['restored', 'same'] },
      'snapshot.class-deletion-delete': { content: ['contents', 'not-found'], backend: ['not-found', 'retained-found'] },
      'snapshot.deleted-under-copy': {
        answered: 'answered',
        unchanged: 'unchanged',
        completes: ['completed', 'contents'],
        'no-orphan': ['not-found', 'retained-found'],
      },
      'snapshot.class-deletion-retain': { backend: ['retained-found', 'retained-same'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const found = volumeIn('finder', { namespace, measure })
    const retaining = snapshotClass(snapshotClassName(namespace.name, 'retaining'), { cluster, deletionPolicy: 'Retain' })
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    const volumeSnapshots = await observe.volumeSnapshots()
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(retaining)
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await namespace.apply(volumeSnapshot('retained', { cluster, of: 'source', snapshotClass: retaining.metadata.name }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'retained' }), { within: limits.volumeSnapshotReady })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'source' })
    await until(pvcs, volumeRemoved({ pvc: 'source' }), { within: limits.objectDeleted })

    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })
    const after = await restored.readTree('after the source was gone')
    const handle = await handleOfSnapshot(history, 'moment')
    const { name: content } = await contentOf(history, 'moment')
    const retainedHandle = await handleOfSnapshot(history, 'retained')
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'moment' })
    await namespace.delete({ kind: 'VolumeSnapshot', name: 'retained' })
    await expect(contents).toReach(contentDeletionAnswered({ content }), { within: limits.objectDeleted, as: 'answered' })
    const later = await restored.readTree('after the snapshot was deleted')
    await namespace.delete({ kind: 'Pod', name: 'reader' })
    await until(pods, podGone({ pod: 'reader' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'restored' })
    await until(pvcs, volumeRemoved({ pvc: 'restored' }), { within: limits.objectDeleted })
    const none = volumeSnapshotsLeft({ volumeSnapshots: 0 })
    await expect(volumeSnapshots).toReach(none, { within: limits.objectDeleted, as: 'completed' })
    await expect(contents).toReach(contentsLeft({ contents: 1 }), { within: limits.objectDeleted, as: 'contents' })
    // Importing a snapshot manually shows whether the storage system still has it.
    const [foundContent, again] = foundSnapshot('again', { cluster, handle, namespace: namespace.name })
    const [retainedContent, retainedAgain] = foundSnapshot('retained-again', {
      cluster,
      handle: retainedHandle,
      namespace: namespace.name,
    })
    await namespace.apply(foundContent)
    await namespace.apply(again)
    await namespace.apply(retainedContent)
    await namespace.apply(retainedAgain)
    const gone = volumeSnapshotRefused({ volumeSnapshot: 'again' })
    const there = volumeSnapshotReady({ volumeSnapshot: 'retained-again' })
    await expect(volumeSnapshots).toReach(there, { within: limits.volumeSnapshotReady, as: 'retained-found' })
    await expect(volumeSnapshots).toReach(gone, { within: limits.volumeSnapshotReady, as: 'not-found' })
    const refused = mark('the snapshot was not found')
    await namespace.apply(pvc('found', { cluster, size: sizes.small, fromSnapshot: 'retained-again' }))
    await namespace.apply(pod('finder', { cluster, pvc: 'found' }))
    await expect(pods).toReach(podReady({ pod: 'finder' }), { within: limits.podReady })

    const retained = await found.readTree('from the snapshot that was retained')
    // An error of the moment is followed by another try.
    const notReady = volumeSnapshotUnready({ volumeSnapshot: 'again' })
    await expect(volumeSnapshots).toStay(notReady, { for: limits.staysUnchanged, after: refused, as: 'not-found' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: later }), { as: 'unchanged' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: retained }), { as: 'retained-same' })
  },
)

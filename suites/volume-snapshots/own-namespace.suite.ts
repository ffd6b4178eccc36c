import { expect } from 'vitest'
import {
  conformance,
  foundSnapshot,
  handleOfSnapshot,
  neverStoredWith,
  pod,
  podReady,
  pvc,
  pvcPending,
  pvcWarned,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
  volumeSnapshotRefused,
  volumeSnapshotUnready,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/own-namespace',
    statement:
      'A VolumeSnapshot and its PVC must be in the same namespace. In another namespace, a restore stays Pending until the stored snapshot is imported there manually.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'static' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots'],
    mutants: ['restores-made-blank', 'restore-empty'],
    proves: {
      'snapshot.restore-same-namespace': { elsewhere: ['restore-waits', 'imported', 'refused-for-another'] },
      'snapshot.cronjob-namespace': { elsewhere: ['refused-elsewhere', 'never-elsewhere', 'taken-at-home'] },
      'snapshot.pre-provisioned': { imported: ['imported', 'same'] },
    },
  },
  async ({ namespace, observe, additionalNamespace, history, limits, cluster, measure, mark, sizes }) => {
    const elsewhere = additionalNamespace('elsewhere')
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', elsewhere)
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.volumeSnapshotContents()
    await elsewhere.namespace.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere.namespace.name } })
    const podsElsewhere = await elsewhere.observe.pods()
    const pvcsElsewhere = await elsewhere.observe.pvcs()
    const eventsElsewhere = await elsewhere.observe.pvcEvents()
    const snapshotsElsewhere = await elsewhere.observe.volumeSnapshots()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })

    await elsewhere.namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await elsewhere.namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await elsewhere.namespace.apply(volumeSnapshot('nightly', { cluster, of: 'source' }))
    const [nightly, restoredPvc] = [elsewhere.nameOf('nightly'), elsewhere.nameOf('restored')]
    const within = limits.volumeSnapshotReady
    await expect(snapshotsElsewhere).toReach(volumeSnapshotRefused({ volumeSnapshot: nightly }), { within, as: 'refused-elsewhere' })
    const refused = { for: limits.staysUnchanged, after: mark('nothing found in the other namespace') }
    await expect(pvcsElsewhere).toStay(pvcPending({ pvc: restoredPvc }), { ...refused, as: 'restore-waits' })
    await until(eventsElsewhere, pvcWarned({ pvc: restoredPvc, by: cluster.driver }), { within: limits.pvcBound })
    const handle = await handleOfSnapshot(history, 'moment')
    const [content, found] = foundSnapshot('moment', { cluster, handle, namespace: elsewhere.namespace.name })
    await elsewhere.namespace.apply(content)
    await elsewhere.namespace.apply(found)
    await expect(podsElsewhere).toReach(podReady({ pod: elsewhere.nameOf('reader') }), { within: limits.podReady, as: 'imported' })
    // Nor does a content serve a VolumeSnapshot of the right name in another namespace than the one that it is for.
    const [stray, strayed] = foundSnapshot('stray', { cluster, handle, namespace: elsewhere.namespace.name })
    await elsewhere.namespace.apply(stray)
    await namespace.apply(strayed)
    await expect(volumeSnapshots).toReach(volumeSnapshotRefused({ volumeSnapshot: 'stray' }), { within, as: 'refused-for-another' })
    const bound = ['status', 'boundVolumeSnapshotContentName']
    const neverBound = neverStoredWith({ kind: 'VolumeSnapshot', name: 'stray', path: bound })
    await expect(history).toUphold(neverBound, { as: 'refused-for-another' })
    // The same request succeeds in the namespace of the PVC.
    await namespace.apply(volumeSnapshot('nightly', { cluster, of: 'source' }))
    await expect(volumeSnapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'nightly' }), { within, as: 'taken-at-home' })
    await expect(snapshotsElsewhere).toStay(volumeSnapshotUnready({ volumeSnapshot: nightly }), { ...refused, as: 'never-elsewhere' })

    const after = await restored.readTree('restored elsewhere')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)

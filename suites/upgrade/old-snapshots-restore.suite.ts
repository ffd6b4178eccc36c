import { expect } from 'vitest'
import {
  conformance,
  identityKept,
  partUpgraded,
  podReady,
  premise,
  pvc,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/old-snapshots-restore',
    statement:
      'A VolumeSnapshot from before an upgrade of the platform is the one that it was afterwards, on the same snapshot of the storage system, and a volume restored from it holds what its source held then. New ones are taken as before.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'PlatformUpgrade'],
    mutants: ['restore-empty', 'snapshot-lazy'],
    proves: { 'upgrade.snapshots-kept': { objects: 'same-objects', restores: ['restored', 'same'], new: 'new-ready' } },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const source = volumeIn('keeper-0', fixtures)
    const restored = volumeIn('reader-0', fixtures)
    const pods = await observe.pods()
    const snapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    const size = sizes.small
    await namespace.apply(statefulSet('keeper', { cluster, replicas: 1, data: size }))
    await until(pods, podReady({ pod: 'keeper-0' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(volumeSnapshot('old', { cluster, of: 'data-keeper-0' }))
    await until(snapshots, volumeSnapshotReady({ volumeSnapshot: 'old' }), { within: limits.volumeSnapshotReady })
    await source.change()
    const was = await platform.state('before the upgrade')

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    const is = await platform.state('after the upgrade')
    const kinds = ['VolumeSnapshot', 'VolumeSnapshotContent']
    await expect(history).toUphold(identityKept({ before: was, after: is, kinds }), { as: 'same-objects' })
    await namespace.apply(volumeSnapshot('new', { cluster, of: 'data-keeper-0' }))
    const ready = volumeSnapshotReady({ volumeSnapshot: 'new' })
    await expect(snapshots).toReach(ready, { within: limits.volumeSnapshotReady, as: 'new-ready' })
    // A StatefulSet takes a PVC that is there already: that of its first Pod is made from the snapshot.
    await namespace.apply(pvc('data-reader-0', { cluster, size, fromSnapshot: 'old' }))
    await namespace.apply(statefulSet('reader', { cluster, replicas: 1, data: size }))
    await expect(pods).toReach(podReady({ pod: 'reader-0' }), { within: limits.restoresReady, as: 'restored' })

    const after = await restored.readTree('in the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)

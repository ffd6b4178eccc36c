import { expect } from 'vitest'
import {
  conformance,
  contentsLeft,
  measureDriverCalls,
  pod,
  podReady,
  pvc,
  premise,
  takenAnew,
  treesEqual,
  underWayWhenKilled,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotBegun,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'recovery/snapshotter-crash',
    statement:
      'A VolumeSnapshot that is being taken when the CSI snapshotter is killed is ready after it restarts. It has one VolumeSnapshotContent and the data of its source.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'provisioning-volume-snapshot' },
    // A slow driver is still taking the snapshot when its sidecar is killed.
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'DriverFaults', 'DriverCallLog', 'ComponentControl'],
    mutants: ['restores-made-blank'],
    proves: { 'snapshot.needs-controller-and-crds': { sidecar: ['ready', 'taken-anew', 'same'] } },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, components, observe, history, limits, cluster, measure, sizes } = fixtures
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const slow = cluster.faultySnapshotClasses['slow-calls']
    const pods = await observe.pods()
    const snapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await observe.pvs()
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')

    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source', snapshotClass: slow }))
    await until(contents, volumeSnapshotBegun({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await components.crash('csi-snapshotter')
    await expect(snapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.afterCrash, as: 'ready' })
    await expect(contents).toStay(contentsLeft({ contents: 1 }), { for: limits.staysUnchanged })
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await restored.readTree('in the restored volume')
    const calls = await measureDriverCalls('at the end', fixtures, 'source')
    await expect(history).toUphold(takenAnew({ volumeSnapshot: 'moment', calls }), { as: 'taken-anew' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
    await premise(history, underWayWhenKilled({ volumeSnapshot: 'moment' }))
  },
)

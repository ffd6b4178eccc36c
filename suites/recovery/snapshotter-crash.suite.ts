import { expect } from 'vitest'
import {
  conformance,
  contentsLeft,
  pod,
  podReady,
  pvc,
  sourceGuarded,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
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
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'DriverFaults', 'ComponentControl'],
    mutants: ['restores-made-blank'],
    proves: { 'snapshot.needs-controller-and-crds': {} },
    disruptive: true,
  },
  async ({ namespace, components, observe, history, limits, cluster, measure, sizes }) => {
    const source = volumeIn('writer', { namespace, measure })
    const restored = volumeIn('reader', { namespace, measure })
    const slow = cluster.faultySnapshotClasses['slow-calls']
    const pods = await observe.pods()
    const snapshots = together(await observe.pvcs(), await observe.volumeSnapshots())
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('source', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'source' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')

    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'source', snapshotClass: slow }))
    await until(snapshots, sourceGuarded({ pvc: 'source', volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await components.crash('csi-snapshotter')
    await expect(snapshots).toReach(volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.afterCrash })
    await expect(contents).toStay(contentsLeft({ contents: 1 }), { for: limits.staysUnchanged })
    await namespace.apply(pvc('restored', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(pod('reader', { cluster, pvc: 'restored' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady })

    const after = await restored.readTree('in the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
  },
)

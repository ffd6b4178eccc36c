import { expect } from 'vitest'
import {
  conformance,
  failingClass,
  podReady,
  premise,
  pvc,
  pvcExpanded,
  pvcsBound,
  podsReady,
  revisionsAre,
  slowlyReady,
  statefulSet,
  treesEqual,
  underWayAt,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

/** The driver, asked every five seconds, refuses so often that what is asked for as the upgrade begins takes two minutes. */
const times = 30

conformance(
  {
    id: 'upgrade/half-done-ends',
    statement:
      'A volume that is being made, one that is being restored, one that is growing, and the rollout of a StatefulSet are half done as the platform is upgraded. Each ends afterwards as it was asked for.',
    level: 'SHOULD',
    source: { page: 'concepts/architecture/controller/', section: 'controller-pattern' },
    // A driver that is unavailable for some minutes keeps half done what is asked for.
    requires: ['DynamicProvisioning', 'ImmediateBinding', 'VolumeExpansion', 'VolumeSnapshots', 'DriverFaults', 'PlatformUpgrade'],
    mutants: ['snapshot-lazy'],
    proves: {
      'upgrade.half-done-ends': { made: 'made', grown: 'grown', restored: ['made', 'restored'], 'rolled-out': 'rolled-out' },
    },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const [creating, growing] = [`${namespace.name}-creating`, `${namespace.name}-growing`]
    const roll = statefulSet('roll', { cluster, replicas: 2 })
    const source = volumeIn('keeper-0', fixtures)
    const restored = volumeIn('reader-0', fixtures)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await observe.statefulSets()
    const snapshots = await observe.volumeSnapshots()
    const size = sizes.small
    await namespace.apply(failingClass(creating, { cluster, what: 'creation', times }))
    await namespace.apply(failingClass(growing, { cluster, what: 'expansion', times }))
    await namespace.apply(pvc('data-holder-0', { cluster, size, storageClass: growing }))
    await namespace.apply(statefulSet('holder', { cluster, replicas: 1, data: size }))
    await namespace.apply(statefulSet('keeper', { cluster, replicas: 1, data: size }))
    await namespace.apply(roll)
    await until(pods, podReady({ pod: 'holder-0' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'keeper-0' }), { within: limits.podReady })
    await source.fill()
    const before = await source.readTree('before the snapshot')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-keeper-0' }))
    await until(snapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await source.change()
    await until(pods, podsReady({ statefulSet: 'roll', replicas: 2 }), { within: limits.statefulSetReady })

    await platform.begins()
    await namespace.apply(pvc('made', { cluster, size, storageClass: creating }))
    await namespace.apply(pvc('data-reader-0', { cluster, size, storageClass: creating, fromSnapshot: 'moment' }))
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-holder-0' }, sizes.medium)
    // Each new Pod takes so long to be Ready that the rollout is between the two when the API server is restarted.
    await namespace.patch(roll, slowlyReady(roll, { seconds: 60 }))
    const begun = await platform.state('as the upgrade begins')
    await premise(history, underWayAt({ at: begun, pvcs: ['made', 'data-reader-0', 'data-holder-0'] }))
    await platform.upgraded('whole')

    await namespace.apply(statefulSet('reader', { cluster, replicas: 1, data: size }))
    await expect(pvcs).toReach(pvcsBound({ pvcs: ['made', 'data-reader-0'] }), { within: limits.afterCrash, as: 'made' })
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-holder-0', to: sizes.medium }), { within: limits.afterCrash, as: 'grown' })
    const rolledOut = revisionsAre({ statefulSet: 'roll', updated: ['roll-0', 'roll-1'], outdated: [] })
    await expect(pods).toReach(rolledOut, { within: limits.afterCrash, as: 'rolled-out' })
    await expect(pods).toReach(podReady({ pod: 'reader-0' }), { within: limits.afterCrash, as: 'restored' })
    const after = await restored.readTree('in the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'restored' })
  },
)

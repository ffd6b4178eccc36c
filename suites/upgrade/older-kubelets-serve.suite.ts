import { expect } from 'vitest'
import {
  conformance,
  partUpgraded,
  podReady,
  podsReady,
  premise,
  pvc,
  pvcExpanded,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/older-kubelets-serve',
    statement:
      'While the control plane is a minor newer than the kubelets, Pods start with new volumes, a volume in use grows, and a snapshot is taken and restored.',
    level: 'MUST',
    source: { page: 'https://kubernetes.io/releases/version-skew-policy/', section: 'kubelet' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'VolumeSnapshots', 'ControlPlaneUpgrade'],
    mutants: ['restore-empty'],
    proves: {
      'upgrade.older-kubelet': { starts: 'starts', grows: 'grows', restores: ['snapshot-ready', 'restored', 'same'] },
    },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const volume = volumeIn('web-0', fixtures)
    const restored = volumeIn('reader-0', fixtures)
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const snapshots = await observe.volumeSnapshots()
    await namespace.apply(statefulSet('web', { cluster, replicas: 1, data: sizes.small }))
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await volume.fill()
    const before = await volume.readTree('before the upgrade')

    await platform.upgraded('control-plane')
    await premise(history, partUpgraded({ part: 'control-plane' }))
    await namespace.apply(statefulSet('late', { cluster, replicas: 2, data: sizes.small }))
    await expect(pods).toReach(podsReady({ statefulSet: 'late', replicas: 2 }), { within: limits.statefulSetReady, as: 'starts' })
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-web-0' }))
    const ready = volumeSnapshotReady({ volumeSnapshot: 'moment' })
    await expect(snapshots).toReach(ready, { within: limits.volumeSnapshotReady, as: 'snapshot-ready' })
    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-0' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded, as: 'grows' })
    // A StatefulSet takes a PVC that is there already: that of its first Pod is made from the snapshot.
    await namespace.apply(pvc('data-reader-0', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(statefulSet('reader', { cluster, replicas: 1, data: sizes.small }))
    await expect(pods).toReach(podReady({ pod: 'reader-0' }), { within: limits.restoresReady, as: 'restored' })

    const after = await restored.readTree('in the restored volume')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  blockPod,
  conformance,
  deviceGrew,
  deviceIn,
  fileSystemGrew,
  nodeOfPod,
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
    id: 'volume-snapshots/restore-to-larger-volume',
    statement:
      'A PVC restored to more than the size of its VolumeSnapshot has a file system, or block device, of that size, and all data. It can be mounted on the node where its source is mounted.',
    level: 'MUST',
    source: { page: 'https://kubernetes-csi.github.io/docs/snapshot-restore-feature.html', section: 'snapshot--restore-feature' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'BlockVolumes', 'EnforcedCapacity'],
    mutants: ['copies-keep-size', 'copies-collide'],
    proves: {
      'snapshot.restore-larger': {
        'file-system': ['grown', 'same-data'],
        device: 'device-grown',
        'beside-source': ['beside', 'beside-ext4', 'source-stays', 'source-same'],
      },
    },
    podSecurity: { level: 'baseline', why: 'A block device belongs to root, and fsGroup does not change that.' },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const ext4 = cluster.storageClasses.ext4
    const at = (name: string) => volumeIn(name, { namespace, measure })
    const [device, deviceCopy] = [deviceIn('raw', { namespace, measure }), deviceIn('raw-reader', { namespace, measure })]
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(pvc('usual', { cluster, size: sizes.small }))
    await namespace.apply(pvc('ext4', { cluster, size: sizes.small, storageClass: ext4 }))
    await namespace.apply(pvc('raw', { cluster, size: sizes.small, volumeMode: 'Block' }))
    await namespace.apply(pod('usual', { cluster, pvc: 'usual' }))
    await namespace.apply(pod('ext4', { cluster, pvc: 'ext4' }))
    await namespace.apply(blockPod('raw', { cluster, pvc: 'raw' }))
    await until(pods, allReady({ pods: ['usual', 'ext4', 'raw'] }), { within: limits.podReady })
    await at('usual').fill()
    await at('ext4').fill()
    await device.writePattern()
    const label = 'before the snapshots'
    const [usual, usualSize] = [await at('usual').readTree(label), await at('usual').readSize(label)]
    const [ofExt4, ext4Size] = [await at('ext4').readTree(label), await at('ext4').readSize(label)]
    const raw = await device.read(label)
    await namespace.apply(volumeSnapshot('of-usual', { cluster, of: 'usual' }))
    await namespace.apply(volumeSnapshot('of-ext4', { cluster, of: 'ext4' }))
    await namespace.apply(volumeSnapshot('of-raw', { cluster, of: 'raw' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-usual' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-ext4' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-raw' }), { within: limits.volumeSnapshotReady })

    const size = sizes.medium
    await namespace.apply(pvc('usual-copy', { cluster, size, fromSnapshot: 'of-usual' }))
    await namespace.apply(pvc('ext4-copy', { cluster, size, fromSnapshot: 'of-ext4', storageClass: ext4 }))
    await namespace.apply(pvc('raw-copy', { cluster, size, fromSnapshot: 'of-raw', volumeMode: 'Block' }))
    await namespace.apply(pod('usual-reader', { cluster, pvc: 'usual-copy', node: await nodeOfPod(history, 'usual') }))
    await namespace.apply(pod('ext4-reader', { cluster, pvc: 'ext4-copy', node: await nodeOfPod(history, 'ext4') }))
    await namespace.apply(blockPod('raw-reader', { cluster, pvc: 'raw-copy', node: await nodeOfPod(history, 'raw') }))
    await expect(pods).toReach(podReady({ pod: 'usual-reader' }), { within: limits.restoresReady, as: 'beside' })
    await expect(pods).toReach(allReady({ pods: ['ext4-reader', 'raw-reader'] }), { within: limits.restoresReady, as: 'beside-ext4' })

    const [usualCopy, usualGrown] = [await at('usual-reader').readTree('restored'), await at('usual-reader').readSize('restored')]
    const [ext4Copy, ext4Grown] = [await at('ext4-reader').readTree('restored'), await at('ext4-reader').readSize('restored')]
    const rawCopy = await deviceCopy.read('restored')
    const usualAfter = await at('usual').readTree('beside its copy')
    const larger = { from: sizes.small, to: sizes.medium } as const
    await expect(history).toUphold(fileSystemGrew({ ...larger, pvc: 'usual-copy', before: usualSize, after: usualGrown }), { as: 'grown' })
    await expect(history).toUphold(fileSystemGrew({ ...larger, pvc: 'ext4-copy', before: ext4Size, after: ext4Grown }), { as: 'grown' })
    await expect(history).toUphold(deviceGrew({ ...larger, pvc: 'raw-copy', before: raw, after: rawCopy }), { as: 'device-grown' })
    await expect(history).toUphold(treesEqual({ expected: usual, actual: usualCopy }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: ofExt4, actual: ext4Copy }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: usual, actual: usualAfter }), { as: 'source-same' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'usual', restarts: 'none' }), { as: 'source-stays' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'ext4', restarts: 'none' }), { as: 'source-stays' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  conformance,
  deviceGrew,
  fileSystemGrew,
  filledSources,
  largerCopies,
  podReady,
  readCopies,
  staysTheSamePod,
  treesEqual,
  until,
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
    pace: 'slow',
    podSecurity: { level: 'baseline', why: 'A block device belongs to root, and fsGroup does not change that.' },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const pods = await observe.pods()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    const before = await filledSources(fixtures, pods)
    await namespace.apply(volumeSnapshot('of-usual', { cluster, of: 'usual' }))
    await namespace.apply(volumeSnapshot('of-ext4', { cluster, of: 'ext4' }))
    await namespace.apply(volumeSnapshot('of-raw', { cluster, of: 'raw' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-usual' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-ext4' }), { within: limits.volumeSnapshotReady })
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'of-raw' }), { within: limits.volumeSnapshotReady })

    await largerCopies(fixtures, (source) => ({ fromSnapshot: `of-${source}` }))
    await expect(pods).toReach(podReady({ pod: 'usual-reader' }), { within: limits.restoresReady, as: 'beside' })
    await expect(pods).toReach(allReady({ pods: ['ext4-reader', 'raw-reader'] }), { within: limits.restoresReady, as: 'beside-ext4' })

    const { usual, ext4, raw, source } = await readCopies(fixtures, before)
    await expect(history).toUphold(fileSystemGrew(usual.growth), { as: 'grown' })
    await expect(history).toUphold(fileSystemGrew(ext4.growth), { as: 'grown' })
    await expect(history).toUphold(deviceGrew(raw.growth), { as: 'device-grown' })
    await expect(history).toUphold(treesEqual(usual.trees), { as: 'same-data' })
    await expect(history).toUphold(treesEqual(ext4.trees), { as: 'same-data' })
    await expect(history).toUphold(treesEqual(source.trees), { as: 'source-same' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'usual', restarts: 'none' }), { as: 'source-stays' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'ext4', restarts: 'none' }), { as: 'source-stays' })
  },
)

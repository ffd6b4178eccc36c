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
} from '../../harness/index.ts'

conformance(
  {
    id: 'data-sources/clone-to-larger-volume',
    statement:
      'A clone that is larger than its source has a file system, or block device, of the size that it asks for, and all data. It can be mounted on the node where its source is mounted.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-pvc-datasource/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeCloning', 'BlockVolumes', 'EnforcedCapacity'],
    mutants: ['copies-keep-size', 'copies-collide'],
    proves: {
      'datasource.clone-larger': {
        'file-system': ['grown', 'same-data'],
        device: 'device-grown',
        'beside-source': ['beside', 'beside-ext4', 'source-stays', 'source-same'],
      },
    },
    podSecurity: { level: 'baseline', why: 'A block device belongs to root, and fsGroup does not change that.' },
  },
  async (fixtures) => {
    const { observe, history, limits } = fixtures
    const pods = await observe.pods()
    await observe.pvcs()
    const before = await filledSources(fixtures, pods)

    await largerCopies(fixtures, (source) => ({ fromPvc: source }))
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

import { expect } from 'vitest'
import {
  conformance,
  fileSystemGrew,
  keepsItsVolume,
  pod,
  podGone,
  podReady,
  pvc,
  pvcExpanded,
  readWrites,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
  writerIn,
  wroteOn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/repeated-growth',
    statement:
      'A volume that grows five times in a row under a program that writes has all data and every acknowledged write, also for a Pod that mounts it anew, and the last size.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'resizing-an-in-use-persistentvolumeclaim' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion', 'EnforcedCapacity'],
    mutants: ['later-expansion-truncates'],
    proves: {
      'expansion.repeated': {
        grows: ['expanded', 'grown', 'same-volume'],
        data: ['data-unchanged', 'wrote-on', 'never-restarted'],
        remounted: ['mounted-anew', 'data-unchanged', 'wrote-on'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const [first, second, third, fourth, last] = sizes.growing
    const [volume, anew] = [volumeIn('writer', fixtures, '/data/kept'), volumeIn('reader', fixtures, '/data/kept')]
    const writer = writerIn('writer', fixtures, ['/data/written'])
    const pods = await observe.pods()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    const grow = async (to: string) => {
      await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data' }, to)
      await expect(pvcs).toReach(pvcExpanded({ pvc: 'data', to }), { within: limits.pvcExpanded, as: 'expanded' })
    }
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('writer', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await volume.fill()
    const tree = await volume.readTree('before the expansions')
    const small = await volume.readSize('before the expansions')
    await writer.start()
    const before = await writer.position('before the expansions')

    await grow(first)
    await grow(second)
    await grow(third)
    await grow(fourth)
    await grow(last)
    const after = await writer.stop('in the end')
    await expect(history).toUphold(staysTheSamePod({ pod: 'writer', restarts: 'none' }), { as: 'never-restarted' })
    await namespace.delete({ kind: 'Pod', name: 'writer' })
    await until(pods, podGone({ pod: 'writer' }), { within: limits.podDeleted })
    await namespace.apply(pod('reader', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'mounted-anew' })

    const found = await readWrites('reader', fixtures, '/data/written')
    const treeAfter = await anew.readTree('mounted anew')
    const large = await anew.readSize('mounted anew')
    await expect(history).toUphold(treesEqual({ expected: tree, actual: treeAfter }), { as: 'data-unchanged' })
    await expect(history).toUphold(wroteOn({ before, after, found }), { as: 'wrote-on' })
    await expect(history).toUphold(fileSystemGrew({ pvc: 'data', from: sizes.small, to: last, before: small, after: large }), {
      as: 'grown',
    })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data' }), { as: 'same-volume' })
  },
)

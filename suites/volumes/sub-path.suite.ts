import { expect } from 'vitest'
import { allReady, conformance, pod, podReady, pvc, treesEqual, twoWorkers, until, volumeEmpty, volumeIn } from '../../harness/index.ts'

conformance(
  {
    id: 'volumes/sub-path',
    statement:
      'subPath mounts one directory of a volume and creates it if it is missing. Pods with different subPaths share a PVC without seeing the files of the other. A Pod with the whole volume sees both.',
    level: 'SHOULD',
    source: { page: 'concepts/storage/volumes/', section: 'using-subpath' },
    requires: ['DynamicProvisioning', 'MultipleNodes'],
    mutants: ['sub-path-dropped'],
    proves: {
      'volume.subpath': {
        'one-directory': 'in-its-directory',
        unseen: ['second-starts-empty', 'first-unchanged'],
        shared: ['in-its-directory', 'one-volume'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const [node] = twoWorkers(cluster)
    const first = volumeIn('first', { namespace, measure })
    const second = volumeIn('second', { namespace, measure })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('first', { cluster, pvc: 'data', node, subPath: 'a' }))
    await namespace.apply(pod('second', { cluster, pvc: 'data', node, subPath: 'b' }))
    await until(pods, allReady({ pods: ['first', 'second'] }), { within: limits.podReady })

    await first.fill()
    const alone = await first.readTree('before the second wrote')
    const untouched = await second.readTree('before it wrote')
    await expect(history).toUphold(volumeEmpty({ found: untouched }), { as: 'second-starts-empty' })
    await second.fill()
    const ofFirst = await first.readTree('in the end')
    const ofSecond = await second.readTree('in the end')
    await namespace.apply(pod('whole', { cluster, pvc: 'data', node }))
    await expect(pods).toReach(podReady({ pod: 'whole' }), { within: limits.podReady, as: 'one-volume' })

    const a = await volumeIn('whole', { namespace, measure }, '/data/a').readTree('the first directory')
    const b = await volumeIn('whole', { namespace, measure }, '/data/b').readTree('the second directory')
    await expect(history).toUphold(treesEqual({ expected: alone, actual: ofFirst }), { as: 'first-unchanged' })
    await expect(history).toUphold(treesEqual({ expected: ofFirst, actual: a }), { as: 'in-its-directory' })
    await expect(history).toUphold(treesEqual({ expected: ofSecond, actual: b }), { as: 'in-its-directory' })
  },
)

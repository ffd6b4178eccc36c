import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  podsReady,
  selectorOf,
  statefulSet,
  treesEqual,
  until,
  volumeEmpty,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'persistent-volumes/one-volume-per-pvc',
    statement: 'Each PVC has a volume of its own, even if many are created at once. Data written to one volume does not appear in another.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'binding' },
    requires: ['DynamicProvisioning'],
    mutants: ['volumes-share-data', 'wrong-volume-published'],
    proves: { 'pvc.one-to-one': {}, 'pvc.dynamic-provisioning': {}, 'pvc.bulk-unique-volumes': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small, podManagement: 'Parallel' })
    const first = volumeIn('web-0', { namespace, measure })
    const second = volumeIn('web-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetReady })
    // Four at once, after a first one: storage that confuses volumes does so with a volume that already exists.
    await namespace.scale(web, 5)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 5 }), { within: limits.statefulSetReady })

    await first.fill()
    const before = await first.readTree('before the other Pod wrote')
    const untouched = await second.readTree('before it wrote')
    await expect(history).toUphold(volumeEmpty({ found: untouched }))
    await second.fill()
    await second.change()

    const after = await first.readTree('after the other Pod wrote')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-web-0', 'data-web-1', 'data-web-2', 'data-web-3', 'data-web-4'] }))
  },
)

import { expect } from 'vitest'
import {
  conformance,
  differentVolumes,
  oneToOne,
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
    proves: {
      'pvc.one-to-one': { 'one-pvc': ['one-each', 'own-volumes'], 'one-pv': 'one-each' },
      'pvc.bulk-unique-volumes': { 'own-volume': 'own-volumes', 'own-data': ['own-data', 'kept-apart'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small, podManagement: 'Parallel' })
    const first = volumeIn('web-0', { namespace, measure })
    const second = volumeIn('web-1', { namespace, measure })
    const third = volumeIn('web-2', { namespace, measure })
    const fourth = volumeIn('web-3', { namespace, measure })
    const fifth = volumeIn('web-4', { namespace, measure })
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
    await expect(history).toUphold(volumeEmpty({ found: untouched }), { as: 'own-data' })
    await second.fill()
    await second.change()
    // Each is looked at before it is written and after all before it were: two that share their data are found.
    const thirdUntouched = await third.readTree('before it wrote')
    await third.fill()
    const fourthUntouched = await fourth.readTree('before it wrote')
    await fourth.fill()
    const fifthUntouched = await fifth.readTree('before it wrote')

    const after = await first.readTree('after the other Pod wrote')
    const all = ['data-web-0', 'data-web-1', 'data-web-2', 'data-web-3', 'data-web-4']
    await expect(history).toUphold(volumeEmpty({ found: thirdUntouched }), { as: 'own-data' })
    await expect(history).toUphold(volumeEmpty({ found: fourthUntouched }), { as: 'own-data' })
    await expect(history).toUphold(volumeEmpty({ found: fifthUntouched }), { as: 'own-data' })
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }), { as: 'kept-apart' })
    await expect(history).toUphold(differentVolumes({ pvcs: all }), { as: 'own-volumes' })
    await expect(history).toUphold(oneToOne({ pvcs: all }), { as: 'one-each' })
  },
)

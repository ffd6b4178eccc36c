import { expect } from 'vitest'
import {
  anotherImage,
  changeObserved,
  conformance,
  keepsItsVolume,
  otherImage,
  podsReplacedInReverseOrder,
  restart,
  revisionsAre,
  secondIsSlow,
  selectorOf,
  statefulSet,
  storedWith,
  together,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/rolling-update',
    statement:
      'A rolling update replaces Pods one at a time from the highest ordinal, each after the previous one is Ready, both for a new image and for a restart. Names, PVCs and data stay.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'rolling-updates' },
    requires: ['DynamicProvisioning', 'DriverCallLog'],
    mutants: ['volume-not-mounted', 'first-pod-deleted-meanwhile'],
    proves: {
      'update.rolling-reverse-order': { order: ['image-in-order', 'restart-in-order'], ready: ['image-in-order', 'restart-in-order'] },
      'update.keeps-data-across-image-change': { volume: ['other-image', 'same-volume'], data: ['other-image', 'same-data'] },
      'update.rollout-restart': { 'one-by-one': 'restart-in-order' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, mark, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, readiness: 'after-a-moment', first: secondIsSlow })
    const [low, middle, high] = [
      volumeIn('web-0', { namespace, measure }),
      volumeIn('web-1', { namespace, measure }),
      volumeIn('web-2', { namespace, measure }),
    ]
    const pods = await observe.pods(selectorOf(web))
    const workload = together(pods, await observe.statefulSets())
    await observe.pvcs()
    await observe.pvs()
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2'], outdated: [] })
    await namespace.apply(web)
    await until(workload, updated, { within: limits.statefulSetReady })
    await Promise.all([low.fill(), middle.fill(), high.fill()])
    const ofLow = await low.readTree('before the updates')
    const ofMiddle = await middle.readTree('before the updates')
    const ofHigh = await high.readTree('before the updates')

    const image = anotherImage(cluster)
    const changed = await namespace.patch(web, otherImage(web, image))
    await until(workload, changeObserved(changed), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.statefulSetReady })
    await expect(history).toUphold(podsReplacedInReverseOrder({ statefulSet: 'web', replicas: 3 }), { as: 'image-in-order' })
    const path = ['spec', 'containers', '0', 'image']
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'web-0', path, value: image }), { as: 'other-image' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'web-1', path, value: image }), { as: 'other-image' })
    await expect(history).toUphold(storedWith({ kind: 'Pod', name: 'web-2', path, value: image }), { as: 'other-image' })
    const { name: since } = mark('after the image was changed')
    const restarted = await namespace.patch(web, restart('now', otherImage(web, cluster.workloadImage)))
    await until(workload, changeObserved(restarted), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.statefulSetReady })

    await expect(history).toUphold(podsReplacedInReverseOrder({ statefulSet: 'web', replicas: 3, since }), { as: 'restart-in-order' })
    await expect(history).toUphold(treesEqual({ expected: ofLow, actual: await low.readTree('after the updates') }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: ofMiddle, actual: await middle.readTree('after the updates') }), {
      as: 'same-data',
    })
    await expect(history).toUphold(treesEqual({ expected: ofHigh, actual: await high.readTree('after the updates') }), { as: 'same-data' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volume' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volume' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'same-volume' })
  },
)

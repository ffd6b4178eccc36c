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
  selectorOf,
  statefulSet,
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
    proves: { 'update.rolling-reverse-order': {}, 'update.keeps-data-across-image-change': {}, 'update.rollout-restart': {} },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small, readiness: 'after-a-moment' })
    const volume = volumeIn('web-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const workload = together(pods, await observe.statefulSets())
    await observe.pvcs()
    await observe.pvs()
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1'], outdated: [] })
    await namespace.apply(web)
    await until(workload, updated, { within: limits.statefulSetReady })
    await volume.fill()
    const before = await volume.readTree('before the updates')

    const changed = await namespace.patch(web, otherImage(web, anotherImage(cluster)))
    await until(workload, changeObserved(changed), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.statefulSetReady })
    await expect(history).toUphold(podsReplacedInReverseOrder({ statefulSet: 'web', replicas: 2 }))
    const restarted = await namespace.patch(web, restart('now', otherImage(web, cluster.workloadImage)))
    await until(workload, changeObserved(restarted), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.statefulSetReady })

    const after = await volume.readTree('after the updates')
    await expect(history).toUphold(treesEqual({ expected: before, actual: after }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }))
  },
)

import { expect } from 'vitest'
import { conformance, podAbsent, podsReady, restart, revisionsAre, selectorOf, statefulSet, together, until } from '../../harness/index.ts'

conformance(
  {
    id: 'updates/partition',
    statement:
      'A partition limits a rolling update to Pods at or above that ordinal, including new ones. Lower Pods keep the old template even when they are replaced. Partition 0 updates all Pods.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'partitions' },
    requires: [],
    mutants: ['partition-dropped'],
    proves: { 'update.partition': {}, 'update.template-only-below-partition-on-new-replicas': {} },
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }
    const web = statefulSet('web', { cluster, replicas: 2, spec: { updateStrategy } })
    const pods = await observe.pods(selectorOf(web))
    const workload = together(pods, await observe.statefulSets())
    const split = revisionsAre({ statefulSet: 'web', updated: ['web-1'], outdated: ['web-0'] })
    const splitAndMore = revisionsAre({ statefulSet: 'web', updated: ['web-1', 'web-2'], outdated: ['web-0'] })
    const whole = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2'], outdated: [] })
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })

    await namespace.patch(web, restart('once'))
    await expect(workload).toReach(split, { within: limits.statefulSetReady })
    const updated = mark('Pod 1 updated')
    await expect(workload).toStay(split, { for: limits.staysUnchanged, after: updated })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await until(pods, podAbsent({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(workload).toReach(split, { within: limits.podReady })
    await namespace.scale(web, 3)
    await expect(workload).toReach(splitAndMore, { within: limits.statefulSetScaled })
    await namespace.patch(web, { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } })

    await expect(workload).toReach(whole, { within: limits.statefulSetReady })
  },
)

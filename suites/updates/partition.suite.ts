import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  podGone,
  podsReady,
  restart,
  restartOf,
  revisionsAre,
  selectorOf,
  statefulSet,
  storedWith,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/partition',
    statement:
      'A partition limits a rolling update to Pods at or above that ordinal, including new ones. Lower Pods keep the old template even when they are replaced. Partition 0 updates all Pods.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'partitions' },
    requires: [],
    mutants: ['partition-dropped'],
    proves: {
      'update.partition': {
        'at-or-above': ['only-above', 'new-ones'],
        below: ['only-above', 'stays-below'],
        replaced: 'below-though-replaced',
      },
      'update.template-only-below-partition-on-new-replicas': { above: 'new-ones', below: 'new-ones' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }
    const web = statefulSet('web', { cluster, replicas: 2, spec: { updateStrategy } })
    const pods = await observe.pods(selectorOf(web))
    const workload = together(pods, await observe.statefulSets())
    const split = revisionsAre({ statefulSet: 'web', updated: ['web-1'], outdated: ['web-0'] })
    const splitAndMore = revisionsAre({ statefulSet: 'web', updated: ['web-1', 'web-3'], outdated: ['web-0', 'web-2'] })
    const whole = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2', 'web-3'], outdated: [] })
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })

    await namespace.patch(web, restart('once'))
    await expect(workload).toReach(split, { within: limits.statefulSetReady, as: 'only-above' })
    const updated = mark('Pod 1 updated')
    await expect(workload).toStay(split, { for: limits.staysUnchanged, after: updated, as: 'stays-below' })
    await namespace.delete({ kind: 'Pod', name: 'web-0' })
    await until(pods, podGone({ pod: 'web-0' }), { within: limits.podDeleted })
    await expect(workload).toReach(split, { within: limits.podReady, as: 'below-though-replaced' })
    const oldTemplate = storedWith({ kind: 'Pod', name: 'web-0', path: restartOf, value: null })
    await expect(history).toUphold(oldTemplate, { as: 'below-though-replaced' })
    const raised = await namespace.patch(web, { spec: { updateStrategy: { rollingUpdate: { partition: 3 } } } })
    await until(workload, changeObserved(raised), { within: limits.statefulSetScaled })
    await namespace.scale(web, 4)
    await expect(workload).toReach(splitAndMore, { within: limits.statefulSetScaled, as: 'new-ones' })
    const scaled = mark('two Pods more')
    await expect(workload).toStay(splitAndMore, { for: limits.staysUnchanged, after: scaled, as: 'new-ones' })
    await namespace.patch(web, { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } })

    await expect(workload).toReach(whole, { within: limits.statefulSetReady })
  },
)

import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  judgeMaxUnavailable,
  restart,
  revisionsAre,
  selectorOf,
  statefulSet,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'updates/max-unavailable',
    statement:
      'A rolling update replaces up to maxUnavailable Pods at a time. If the feature gate MaxUnavailableStatefulSet is off, as by default in 1.34 and 1.36, the field is silently dropped and Pods are replaced one at a time.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'maximum-unavailable-pods' },
    requires: [],
    mutants: ['first-pod-deleted-meanwhile'],
    proves: { 'update.max-unavailable': { several: 'several-at-once', dropped: 'field-dropped', one: 'one-at-a-time' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } } as const
    const asked = spec.updateStrategy.rollingUpdate.maxUnavailable
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'after-a-moment', spec })
    const workload = together(await observe.pods(selectorOf(web)), await observe.statefulSets())
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2'], outdated: [] })
    await namespace.apply(web)
    await until(workload, updated, { within: limits.statefulSetReady })

    const changed = await namespace.patch(web, restart('once'))
    await until(workload, changeObserved(changed), { within: limits.statefulSetScaled })
    await expect(workload).toReach(updated, { within: limits.statefulSetReady })

    await judgeMaxUnavailable({ history, cluster }, { statefulSet: 'web', replicas: 3, asked })
  },
)

import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  endTogether,
  podsReady,
  podsReplacedInReverseOrder,
  restart,
  revisionsAre,
  selectorOf,
  startTogether,
  statefulSet,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/parallel-pod-management',
    statement:
      'With podManagementPolicy Parallel, all Pods are created at once and terminated at once. A rolling update still replaces them one at a time, from the highest ordinal.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'parallel-pod-management' },
    requires: [],
    mutants: ['ordered-pod-management'],
    proves: { 'statefulset.parallel-management': {} },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const options = { cluster, replicas: 2, readiness: 'after-a-moment', termination: 'after-a-moment' } as const
    const web = statefulSet('web', { ...options, podManagement: 'Parallel' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await expect(history).toUphold(startTogether({ pods: ['web-0', 'web-1'] }))
    const changed = await namespace.patch(web, restart('once'))
    await until(sets, changeObserved(changed), { within: limits.statefulSetScaled })
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1'], outdated: [] })
    await expect(together(pods, sets)).toReach(updated, { within: limits.statefulSetReady })
    await expect(history).toUphold(podsReplacedInReverseOrder({ statefulSet: 'web', replicas: 2 }))
    await namespace.scale(web, 0)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.statefulSetScaled })

    await expect(history).toUphold(endTogether({ pods: ['web-0', 'web-1'] }))
  },
)

import { expect } from 'vitest'
import {
  changeObserved,
  conformance,
  endTogether,
  podNotStarted,
  podsReady,
  podsReplacedInReverseOrder,
  passwordSecret,
  restart,
  revisionsAre,
  selectorOf,
  startTogether,
  statefulSetWithPassword,
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
    proves: {
      'statefulset.parallel-management': { start: ['made-unstarted', 'made-together'], stop: 'ended-together' },
      'statefulset.order-prevents-split-brain': { parallel: ['made-unstarted', 'made-together'] },
    },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const options = { cluster, replicas: 3, readiness: 'after-a-moment', termination: 'after-a-moment' } as const
    const web = statefulSetWithPassword('web', { ...options, podManagement: 'Parallel', secret: 'unmade' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()

    await namespace.apply(web)
    await expect(pods).toReach(podNotStarted({ pod: 'web-1' }), { within: limits.podReady, as: 'made-unstarted' })
    await expect(pods).toReach(podNotStarted({ pod: 'web-2' }), { within: limits.podReady, as: 'made-unstarted' })
    await namespace.apply(passwordSecret('unmade'))
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await expect(history).toUphold(startTogether({ pods: ['web-0', 'web-1', 'web-2'] }), { as: 'made-together' })
    const changed = await namespace.patch(web, restart('once'))
    await until(sets, changeObserved(changed), { within: limits.statefulSetScaled })
    const updated = revisionsAre({ statefulSet: 'web', updated: ['web-0', 'web-1', 'web-2'], outdated: [] })
    await expect(together(pods, sets)).toReach(updated, { within: limits.statefulSetReady })
    await expect(history).toUphold(podsReplacedInReverseOrder({ statefulSet: 'web', replicas: 3 }))
    await namespace.scale(web, 0)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.statefulSetScaled })

    await expect(history).toUphold(endTogether({ pods: ['web-0', 'web-1', 'web-2'] }), { as: 'ended-together' })
  },
)

import { expect } from 'vitest'
import { conformance, podsReady, podsTerminateInReverseOrder, selectorOf, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/ordered-termination',
    statement:
      'Scaling a StatefulSet down terminates its Pods one at a time from the highest ordinal, each only after its successors are completely gone.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: { 'statefulset.ordered-scale-down': { order: 'in-order', 'one-at-a-time': 'in-order' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 4, termination: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 4 }), { within: limits.statefulSetReady })

    await namespace.scale(web, 1)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })

    await expect(history).toUphold(podsTerminateInReverseOrder({ statefulSet: 'web', from: 4, to: 1 }), { as: 'in-order' })
  },
)

import { expect } from 'vitest'
import { conformance, podsReady, podsStartInOrdinalOrder, selectorOf, statefulSet } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/ordered-startup',
    statement: 'Pods of a StatefulSet are created one at a time in ordinal order, each only after its predecessors are Running and Ready.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: {
      'statefulset.ordered-startup': { order: 'in-order', ready: 'in-order' },
      'statefulset.order-prevents-split-brain': { created: 'in-order' },
    },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }), { as: 'in-order' })
  },
)

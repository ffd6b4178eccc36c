import { expect } from 'vitest'
import {
  conformance,
  endTogether,
  podsReady,
  podsStartInOrdinalOrder,
  podsTerminateInReverseOrder,
  premise,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/deletion-is-unordered',
    statement:
      'Deleting a StatefulSet terminates its Pods at the same time, not in ordinal order. Scaling it to zero first stops them from the highest ordinal.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: [],
    mutants: ['pods-owned-by-predecessor'],
    proves: { 'statefulset.delete-is-ordered': { scaled: 'in-order', deleted: 'together' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 3, termination: 'after-a-moment' })
    const calm = statefulSet('calm', { cluster, replicas: 3, termination: 'after-a-moment' })
    const pods = await observe.pods()
    await namespace.apply(web)
    await namespace.apply(calm)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, podsReady({ statefulSet: 'calm', replicas: 3 }), { within: limits.statefulSetReady })

    await namespace.scale(calm, 0)
    await namespace.delete(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.podDeleted })
    await expect(pods).toReach(podsReady({ statefulSet: 'calm', replicas: 0 }), { within: limits.statefulSetScaled })

    await premise(history, podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }))
    await expect(history).toUphold(endTogether({ pods: ['web-0', 'web-1', 'web-2'] }), { as: 'together' })
    await expect(history).toUphold(podsTerminateInReverseOrder({ statefulSet: 'calm', from: 3, to: 0 }), { as: 'in-order' })
  },
)

import { expect } from 'vitest'
import { conformance, endTogether, podsReady, podsStartInOrdinalOrder, selectorOf, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/deletion-is-unordered',
    statement: 'Deleting a StatefulSet terminates its Pods at the same time, not in ordinal order.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: [],
    mutants: ['pods-owned-by-predecessor'],
    proves: { 'statefulset.delete-is-ordered': {} },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 3, termination: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    await namespace.delete(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 0 }), { within: limits.podDeleted })

    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }))
    await expect(history).toUphold(endTogether({ pods: ['web-0', 'web-1', 'web-2'] }))
  },
)

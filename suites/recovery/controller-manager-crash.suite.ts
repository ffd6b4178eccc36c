import { expect } from 'vitest'
import { conformance, podPresent, podsReady, podsStartInOrdinalOrder, selectorOf, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'recovery/controller-manager-crash',
    statement:
      'A StatefulSet that is starting when kube-controller-manager is killed continues afterwards. Its Pods are still created in ordinal order, and all become Ready.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: ['ComponentControl'],
    mutants: ['parallel-pod-management'],
    proves: { 'statefulset.ordered-startup': { order: 'in-order', ready: 'in-order' } },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, components, observe, history, limits, cluster }) => {
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'after-a-moment' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(web)
    await until(pods, podPresent({ pod: 'web-0' }), { within: limits.podReady })

    await components.crashControllerManager()
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.afterCrash })

    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }), { as: 'in-order' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  noneReadyCounted,
  openGate,
  podAbsent,
  podNotReady,
  podPresent,
  podReady,
  podsStartInOrdinalOrder,
  scaleObserved,
  selectorOf,
  shutGate,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/scale-up-waits-for-ready-pods',
    statement: 'Scaling a StatefulSet up waits while a Pod with a lower ordinal is not Ready, and continues after it is Ready.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: { 'statefulset.ordered-startup': { order: 'in-order', ready: ['waits', 'in-order'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark }) => {
    const web = statefulSet('web', { cluster, replicas: 1, readiness: 'by-gate' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    await namespace.apply(web)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    await namespace.exec('web-0', openGate)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    await namespace.exec('web-0', shutGate)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })

    await until(sets, noneReadyCounted({ statefulSet: 'web', replicas: 1 }), { within: limits.podReady })
    await namespace.scale(web, 3)
    await until(sets, scaleObserved({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetScaled })
    const observed = mark('scale-up observed')
    await expect(pods).toStay(podAbsent({ pod: 'web-1' }), { for: limits.staysUnchanged, after: observed, as: 'waits' })
    await namespace.exec('web-0', openGate)
    await expect(pods).toReach(podPresent({ pod: 'web-1' }), { within: limits.statefulSetScaled })
    await until(pods, podNotReady({ pod: 'web-1' }), { within: limits.podReady })
    await namespace.exec('web-1', openGate)
    await expect(pods).toReach(podPresent({ pod: 'web-2' }), { within: limits.statefulSetScaled })

    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 3 }), { as: 'in-order' })
  },
)

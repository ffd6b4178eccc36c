import { expect } from 'vitest'
import {
  conformance,
  crash,
  openGate,
  podGone,
  podNotReady,
  podReady,
  podRestarted,
  podsReady,
  scaleObserved,
  selectorOf,
  shutGate,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/scale-down-waits-for-ready-pods',
    statement: 'Scaling a StatefulSet down waits while a Pod with a lower ordinal is not Ready, and continues after it is Ready.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: {
      'statefulset.scale-down-blocked-when-unhealthy': { waits: ['stays', 'goes-on'] },
      'statefulset.order-prevents-split-brain': { restarted: 'restarted' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const web = statefulSet('web', { cluster, replicas: 2, readiness: 'until-shut' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await namespace.exec('web-0', shutGate)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    await namespace.exec('web-1', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-1' }), { within: limits.containerRestarted, as: 'restarted' })

    await namespace.scale(web, 1)
    await until(sets, scaleObserved({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    const observed = mark('scale-down observed')
    await expect(pods).toStay(podReady({ pod: 'web-1' }), { for: limits.staysUnchanged, after: observed, as: 'stays' })
    await namespace.exec('web-0', openGate)

    await expect(pods).toReach(podGone({ pod: 'web-1' }), { within: limits.statefulSetScaled, as: 'goes-on' })
  },
)

import { expect } from 'vitest'
import {
  availableAfter,
  availableAnew,
  conformance,
  podReady,
  podsReady,
  shutGateForAWhile,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/min-ready-seconds',
    statement:
      'A StatefulSet Pod is available only after it has been Ready for minReadySeconds. The next Pod is created only then. If the Pod is not Ready in between, the time starts anew.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'minimum-ready-seconds' },
    requires: [],
    mutants: ['min-ready-dropped'],
    proves: { 'statefulset.min-ready-seconds': { counted: 'in-time', anew: 'anew' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const minReadySeconds = 10
    const spec = { minReadySeconds }
    const pods = await observe.pods()
    await observe.statefulSets()

    await namespace.apply(statefulSet('web', { cluster, replicas: 2, spec }))
    await namespace.apply(statefulSet('again', { cluster, replicas: 2, readiness: 'until-shut', spec }))
    await until(pods, podReady({ pod: 'again-0' }), { within: limits.podReady })
    await namespace.exec('again-0', shutGateForAWhile)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await expect(pods).toReach(podsReady({ statefulSet: 'again', replicas: 2 }), { within: limits.statefulSetReady })

    await expect(history).toUphold(availableAfter({ statefulSet: 'web', seconds: minReadySeconds }), { as: 'in-time' })
    await expect(history).toUphold(availableAnew({ statefulSet: 'again', seconds: minReadySeconds }), { as: 'anew' })
  },
)

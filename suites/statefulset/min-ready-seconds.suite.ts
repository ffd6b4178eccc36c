import { expect } from 'vitest'
import { availableAfter, conformance, podsReady, selectorOf, statefulSet } from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/min-ready-seconds',
    statement: 'A StatefulSet Pod is available only after it has been Ready for minReadySeconds. The next Pod is created only then.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'minimum-ready-seconds' },
    requires: [],
    mutants: ['min-ready-dropped'],
    proves: { 'statefulset.min-ready-seconds': { counted: 'in-time' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const minReadySeconds = 10
    const web = statefulSet('web', { cluster, replicas: 2, spec: { minReadySeconds } })
    const pods = await observe.pods(selectorOf(web))
    await observe.statefulSets()

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })

    await expect(history).toUphold(availableAfter({ statefulSet: 'web', seconds: minReadySeconds }), { as: 'in-time' })
  },
)

import { expect } from 'vitest'
import { conformance, headlessService, leaderAndFollowers, podsReady, selectorOf, staysTheSamePod } from '../../harness/index.ts'

conformance(
  {
    id: 'app/ordered-ready-avoids-restarts',
    statement:
      'With podManagementPolicy OrderedReady, followers that exit when the DNS name of Pod 0 does not resolve are never restarted during the first start.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-network-id' },
    requires: [],
    mutants: ['parallel-pod-management'],
    proves: { 'app.peer-start-race': { 'hidden-by-order': 'spared' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = leaderAndFollowers('web', { cluster, replicas: 3, podManagement: 'OrderedReady' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(headlessService('web', { port: 80 }))

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    await expect(history).toUphold(staysTheSamePod({ pod: 'web-1', restarts: 'none' }), { as: 'spared' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-2', restarts: 'none' }), { as: 'spared' })
  },
)

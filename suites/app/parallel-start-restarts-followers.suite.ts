import { expect } from 'vitest'
import { conformance, headlessService, leaderAndFollowers, podsReady, restartedUntilReady, selectorOf } from '../../harness/index.ts'

conformance(
  {
    id: 'app/parallel-start-restarts-followers',
    statement:
      'With podManagementPolicy Parallel, followers that exit when the DNS name of Pod 0 does not resolve are restarted until it does. Then they become Ready.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-network-id' },
    requires: [],
    mutants: ['ordered-pod-management'],
    proves: { 'app.peer-start-race': {} },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = leaderAndFollowers('web', { cluster, replicas: 3, podManagement: 'Parallel' })
    const pods = await observe.pods(selectorOf(web))
    await namespace.apply(headlessService('web', { port: 80 }))

    await namespace.apply(web)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    await expect(history).toUphold(restartedUntilReady({ pod: 'web-1' }))
    await expect(history).toUphold(restartedUntilReady({ pod: 'web-2' }))
  },
)

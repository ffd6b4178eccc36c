import { expect } from 'vitest'
import {
  conformance,
  headlessService,
  leaderAndFollowers,
  podsReady,
  premise,
  restartedUntilReady,
  startedBefore,
  staysTheSamePod,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/parallel-start-restarts-followers',
    statement:
      'With podManagementPolicy Parallel, followers that exit when the DNS name of Pod 0 does not resolve are restarted until it does. Then they become Ready. Followers that ask again are not restarted.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-network-id' },
    requires: [],
    mutants: ['ordered-pod-management'],
    proves: { 'app.peer-start-race': { fails: 'fails', retries: 'retries' } },
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const web = leaderAndFollowers('web', { cluster, replicas: 3, podManagement: 'Parallel' })
    const patient = leaderAndFollowers('patient', { cluster, replicas: 3, podManagement: 'Parallel', withoutLeader: 'asks-again' })
    const pods = await observe.pods()
    await namespace.apply(headlessService('web', { port: 80 }))
    await namespace.apply(headlessService('patient', { port: 80 }))

    await namespace.apply(web)
    await namespace.apply(patient)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady, as: 'fails' })
    await expect(pods).toReach(podsReady({ statefulSet: 'patient', replicas: 3 }), { within: limits.statefulSetReady, as: 'retries' })

    await expect(history).toUphold(restartedUntilReady({ pod: 'web-1', exitCode: 1, leader: 'web-0' }), { as: 'fails' })
    await expect(history).toUphold(restartedUntilReady({ pod: 'web-2', exitCode: 1, leader: 'web-0' }), { as: 'fails' })
    await premise(history, startedBefore({ pods: ['patient-1', 'patient-2'], leader: 'patient-0' }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'patient-1', restarts: 'none' }), { as: 'retries' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'patient-2', restarts: 'none' }), { as: 'retries' })
  },
)

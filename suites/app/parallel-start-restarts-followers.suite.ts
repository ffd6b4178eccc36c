import { expect } from 'vitest'
import {
  conformance,
  containerFailed,
  headlessService,
  leaderAndFollowers,
  openGate,
  podNotReady,
  podsReady,
  premise,
  restartedUntilReady,
  startedBefore,
  staysTheSamePod,
  until,
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
    const parallel = { replicas: 3, podManagement: 'Parallel', leader: 'by-gate' } as const
    const web = leaderAndFollowers('web', { cluster, ...parallel })
    const patient = leaderAndFollowers('patient', { cluster, ...parallel, withoutLeader: 'asks-again' })
    const pods = await observe.pods()
    await namespace.apply(headlessService('web', { port: 80 }))
    await namespace.apply(headlessService('patient', { port: 80 }))

    await namespace.apply(web)
    await namespace.apply(patient)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'patient-0' }), { within: limits.podReady })
    await expect(pods).toReach(containerFailed({ pod: 'web-1' }), { within: limits.podReady, as: 'fails' })
    await expect(pods).toReach(containerFailed({ pod: 'web-2' }), { within: limits.podReady, as: 'fails' })
    await expect(pods).toReach(podNotReady({ pod: 'patient-1' }), { within: limits.podReady, as: 'retries' })
    await expect(pods).toReach(podNotReady({ pod: 'patient-2' }), { within: limits.podReady, as: 'retries' })
    await namespace.exec('web-0', openGate)
    await namespace.exec('patient-0', openGate)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady, as: 'fails' })
    await expect(pods).toReach(podsReady({ statefulSet: 'patient', replicas: 3 }), { within: limits.statefulSetReady, as: 'retries' })

    await expect(history).toUphold(restartedUntilReady({ pod: 'web-1', exitCode: 1, leader: 'web-0' }), { as: 'fails' })
    await expect(history).toUphold(restartedUntilReady({ pod: 'web-2', exitCode: 1, leader: 'web-0' }), { as: 'fails' })
    await premise(history, startedBefore({ pods: ['patient-1', 'patient-2'], leader: 'patient-0' }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'patient-1', restarts: 'none' }), { as: 'retries' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'patient-2', restarts: 'none' }), { as: 'retries' })
  },
)

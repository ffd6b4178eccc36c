import { expect } from 'vitest'
import {
  allAnswered,
  conformance,
  deployment,
  idlePod,
  namedAtRandom,
  nodeOfPod,
  onlyPodReady,
  podGone,
  podOf,
  podReady,
  premise,
  replicasOf,
  replicasReady,
  requestsFrom,
  serverPort,
  service,
  someFailed,
  startServerSlowly,
  startTogether,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'deployments/replicas-are-interchangeable',
    statement:
      'A Deployment creates its Pods together, without waiting for one another, under random names. With readiness probes and several replicas, they can be replaced in any order while its Service answers every request. With one replica, requests fail meanwhile.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/deployment/', section: 'creating-a-deployment' },
    requires: [],
    mutants: ['replicas-made-in-turn', 'readiness-probes-dropped'],
    proves: {
      'deployment.parallel-start': { together: 'start-together' },
      'deployment.random-names': { random: 'random-names' },
      'pod.identity-stateless-interchangeable': { served: ['replaced', 'random-names', 'all-answered'], 'one-replica': 'some-failed' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const requests = requestsFrom('client', { namespace, measure })
    const pods = await observe.pods()
    await observe.kind({ apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets', namespaced: true })
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(service('web', { port: serverPort }))
    await namespace.apply(service('single', { port: serverPort }))
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    const prefersNode = await nodeOfPod(history, 'client')
    const server = { cluster, readiness: 'until-shut', first: startServerSlowly, prefersNode } as const
    await namespace.apply(deployment('web', { ...server, replicas: 3, termination: 'after-a-while' }))
    await namespace.apply(deployment('single', { ...server, replicas: 1 }))
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'start-together' })
    const [first, second, third] = await replicasOf(history, 'web', { count: 3 })
    await expect(history).toUphold(startTogether({ pods: [first, second, third] }), { as: 'start-together' })
    await until(pods, onlyPodReady({ deployment: 'single' }), { within: limits.podReady })
    const only = await podOf(history, 'single')
    await premise(history, allAnswered({ found: await requests.ask('web', 'at first', [first, second, third]) }))
    await premise(history, allAnswered({ found: await requests.ask('single', 'at first', [only]) }))

    await requests.start('web')
    await requests.start('single')
    await namespace.delete({ kind: 'Pod', name: only })
    await namespace.delete({ kind: 'Pod', name: third })
    await until(pods, podGone({ pod: third }), { within: limits.podDeleted })
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'replaced' })
    await namespace.delete({ kind: 'Pod', name: first })
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'replaced' })
    await namespace.delete({ kind: 'Pod', name: second })
    await until(pods, podGone({ pod: second }), { within: limits.podDeleted })
    await expect(pods).toReach(replicasReady({ deployment: 'web', replicas: 3 }), { within: limits.podReady, as: 'replaced' })
    await until(pods, onlyPodReady({ deployment: 'single' }), { within: limits.podReady })
    const ofThree = await requests.stop('web', 'while each of three is replaced')
    const ofOne = await requests.stop('single', 'while the only one is replaced')

    await expect(history).toUphold(namedAtRandom({ deployment: 'web', pods: 6 }), { as: 'random-names' })
    await expect(history).toUphold(allAnswered({ found: ofThree }), { as: 'all-answered' })
    await expect(history).toUphold(someFailed({ found: ofOne }), { as: 'some-failed' })
  },
)

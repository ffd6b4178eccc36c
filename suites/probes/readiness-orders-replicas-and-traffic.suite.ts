import { expect } from 'vitest'
import {
  allReady,
  answeredBy,
  conformance,
  idlePod,
  nodeOfPod,
  openGate,
  podAbsent,
  podNotReady,
  podReady,
  podsStartInOrdinalOrder,
  requestsFrom,
  serverPort,
  service,
  shutGate,
  startServer,
  statefulSet,
  staysTheSamePod,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'probes/readiness-orders-replicas-and-traffic',
    statement:
      'A StatefulSet creates its next Pod once the readiness probe of the one before succeeds. A Service sends requests to a Pod only while its readiness probe succeeds, and a failing one restarts nothing.',
    level: 'MUST',
    source: { page: 'concepts/configuration/liveness-readiness-startup-probes/', section: 'readiness-probe' },
    requires: [],
    mutants: ['unready-addresses-published'],
    proves: {
      'probe.readiness-gates-order': {
        replica: ['next-waits', 'next-starts', 'in-order'],
        traffic: ['no-traffic', 'traffic-arrives', 'to-both', 'traffic-ends'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark }) => {
    const requests = requestsFrom('client', { namespace, measure })
    const pods = await observe.pods()
    await observe.services()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(service('web', { port: serverPort }))
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    const prefersNode = await nodeOfPod(history, 'client')
    await namespace.apply(statefulSet('web', { cluster, replicas: 2, readiness: 'by-gate', first: startServer, prefersNode }))
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    const running = mark('first Pod runs')

    await requests.start('web')
    await expect(pods).toStay(podAbsent({ pod: 'web-1' }), { for: limits.staysUnchanged, after: running, as: 'next-waits' })
    const early = await requests.stop('web', 'before any Pod is Ready')
    await namespace.exec('web-0', openGate)
    await expect(pods).toReach(podNotReady({ pod: 'web-1' }), { within: limits.podReady, as: 'next-starts' })
    const byFirst = await requests.ask('web', 'with one Pod Ready', ['web-0'])
    await namespace.exec('web-1', openGate)
    await until(pods, allReady({ pods: ['web-0', 'web-1'] }), { within: limits.podReady })
    const byBoth = await requests.ask('web', 'with both Pods Ready', ['web-0', 'web-1'])
    await namespace.exec('web-0', shutGate)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    const bySecond = await requests.ask('web', 'with one Pod no longer Ready', ['web-1'])

    await expect(history).toUphold(podsStartInOrdinalOrder({ statefulSet: 'web', replicas: 2 }), { as: 'in-order' })
    await expect(history).toUphold(answeredBy({ found: early, pods: [] }), { as: 'no-traffic' })
    await expect(history).toUphold(answeredBy({ found: byFirst, pods: ['web-0'] }), { as: 'traffic-arrives' })
    await expect(history).toUphold(answeredBy({ found: byBoth, pods: ['web-0', 'web-1'] }), { as: 'to-both' })
    await expect(history).toUphold(answeredBy({ found: bySecond, pods: ['web-1'] }), { as: 'traffic-ends' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }))
  },
)

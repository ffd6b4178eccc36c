import { expect } from 'vitest'
import {
  conformance,
  deployment,
  headlessService,
  idlePod,
  namesFrom,
  onlyPodReady,
  podAbsent,
  podOf,
  podReady,
  resolvesTo,
  serverPort,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'dns/deployment-pods-have-no-names',
    statement: 'Deployment Pods have no DNS names, neither by Pod name nor by ordinal, even with a headless Service as their subdomain.',
    level: 'SHOULD',
    source: { page: 'concepts/services-networking/dns-pod-service/', section: 'pod-s-hostname-and-subdomain-fields' },
    requires: [],
    mutants: ['hostname-by-hand'],
    proves: { 'dns.deployment-has-none': {} },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = deployment('web', { cluster, replicas: 1, subdomain: 'web' })
    const pods = await observe.pods()
    await observe.services()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(headlessService('web', { port: serverPort }))
    await namespace.apply(web)
    await until(pods, onlyPodReady({ deployment: 'web' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)
    const first = await podOf(history, 'web')

    const whole = await names.ask('web', 'under a headless Service', { pods: [first] })
    const byName = await names.ask(`${first}.web`, 'by the name of the Pod', { pods: [] })
    const byOrdinal = await names.ask('web-0.web', 'by an ordinal', { pods: [] })
    await namespace.delete({ kind: 'Pod', name: first })
    await until(pods, podAbsent({ pod: first }), { within: limits.podDeleted })
    await expect(pods).toReach(onlyPodReady({ deployment: 'web' }), { within: limits.podReady })

    await expect(history).toUphold(resolvesTo(whole))
    await expect(history).toUphold(resolvesTo(byName))
    await expect(history).toUphold(resolvesTo(byOrdinal))
  },
)

import { expect } from 'vitest'
import {
  allReady,
  conformance,
  idlePod,
  namesFrom,
  resolvesTo,
  serverPort,
  service,
  serviceAddressed,
  statefulSet,
} from '../../harness/index.ts'

conformance(
  {
    id: 'dns/cluster-ip-service-names-pods',
    statement:
      'The name of a Service with a cluster IP resolves to that IP. CoreDNS also resolves the names of StatefulSet Pods behind it, though only headless Services are documented to do so.',
    level: 'MAY',
    source: { page: 'concepts/services-networking/dns-pod-service/', section: 'pod-s-hostname-and-subdomain-fields' },
    requires: ['DynamicProvisioning'],
    mutants: ['services-made-headless', 'hostname-overridden'],
    proves: { 'dns.clusterip-service-no-pod-names': { 'pod-names': ['cluster-ip', 'pod-name'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const pods = await observe.pods()
    const services = await observe.services()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(statefulSet('web', { cluster, replicas: 1, data: sizes.small }))
    await expect(pods).toReach(allReady({ pods: ['client', 'web-0'] }), { within: limits.podReady })

    await namespace.apply(service('web', { port: serverPort }))
    await expect(services).toReach(serviceAddressed({ service: 'web' }), { within: limits.objectDeleted })
    const names = await namesFrom('client', fixtures)
    const itself = await names.ask('web', 'with a Service that has an address', { service: 'web' })
    const behind = await names.ask('web-0.web', 'with a Service that has an address', { pods: ['web-0'] })

    await expect(history).toUphold(resolvesTo(itself), { as: 'cluster-ip' })
    await expect(history).toUphold(resolvesTo(behind), { as: 'pod-name' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  conformance,
  headlessService,
  idlePod,
  namesFrom,
  neverAnswered,
  resolvesTo,
  serverPort,
  statefulSet,
  staysTheSamePod,
} from '../../harness/index.ts'

conformance(
  {
    id: 'dns/pod-names-need-service',
    statement:
      'A StatefulSet with volumes starts without a Service, but its Pods have no DNS names. Creating the headless Service adds the names without replacing the Pods.',
    level: 'MUST',
    source: { page: 'concepts/services-networking/dns-pod-service/', section: 'pod-s-hostname-and-subdomain-fields' },
    requires: ['DynamicProvisioning'],
    mutants: ['hostname-overridden', 'service-unasked'],
    proves: {
      'dns.no-service-no-name': { 'no-name': ['no-name', 'name-with-service'] },
      'statefulset.servicename-required': { 'no-service': 'all-start', 'no-field': 'all-start' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const { spec, ...set } = statefulSet('unnamed', { cluster, replicas: 1, data: sizes.small })
    const { serviceName: _, ...withoutService } = spec
    const unnamed = { ...set, spec: withoutService }
    const pods = await observe.pods()
    await namespace.apply(idlePod('client', { cluster }))

    await namespace.apply(web)
    await namespace.apply(unnamed)
    await expect(pods).toReach(allReady({ pods: ['client', 'web-0', 'unnamed-0'] }), { within: limits.podReady, as: 'all-start' })
    const names = await namesFrom('client', fixtures)
    const without = await names.watch(['web-0.web'], 'without a Service', { for: limits.staysUnchanged })
    await namespace.apply(headlessService('web', { port: serverPort }))
    const headless = await names.ask('web-0.web', 'with a headless Service', { pods: ['web-0'] })

    await expect(history).toUphold(neverAnswered({ found: without }), { as: 'no-name' })
    await expect(history).toUphold(resolvesTo(headless), { as: 'name-with-service' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }))
  },
)

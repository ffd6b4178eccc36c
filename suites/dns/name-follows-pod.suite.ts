import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  crash,
  headlessService,
  idlePod,
  keepsItsAddress,
  namedServers,
  namesFrom,
  podReplaced,
  podRestarted,
  resolvesTo,
  serverPort,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'dns/name-follows-pod',
    statement:
      'The DNS name of a StatefulSet Pod resolves to its current address. A container restart keeps the address, and after the Pod is replaced the name resolves to the new address.',
    level: 'MUST',
    source: { page: 'concepts/services-networking/dns-pod-service/', section: 'pod-s-hostname-and-subdomain-fields' },
    requires: [],
    mutants: ['hostname-overridden'],
    proves: {
      'dns.name-stable-ip-changes': {},
      'dns.target-one-pod': {},
      'dns.deployment-pod-ip-changes': {},
      'dns.hostname-matches-pod': {},
      'dns.cluster-domain': {},
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = namedServers('web', { cluster, replicas: 2, podManagement: 'Parallel' })
    const pods = await observe.pods()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(headlessService('web', { port: serverPort }))
    await namespace.apply(web)
    await until(pods, allReady({ pods: ['client', 'web-0', 'web-1'] }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)
    const own = await (await namesFrom('web-1', fixtures)).ownName()
    const first = await names.ask('web-1.web', 'at first', { pods: ['web-1'] })
    await expect(history).toUphold(resolvesTo(first))
    const greeting = await names.greeting('web-1.web', serverPort)

    await namespace.exec('web-1', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-1' }), { within: limits.containerRestarted })
    const restarted = await names.ask('web-1.web', 'after a container restart', { pods: ['web-1'] })
    await expect(history).toUphold(keepsItsAddress({ pod: 'web-1' }))
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady })
    const replaced = await names.ask('web-1.web', 'after it was replaced', { pods: ['web-1'] })

    await expect(history).toUphold(answersValue({ found: own, value: `web-1.web.${namespace.name}.svc.${names.domain}` }))
    await expect(history).toUphold(answersValue({ found: greeting, value: 'web-1' }))
    await expect(history).toUphold(resolvesTo(restarted))
    await expect(history).toUphold(resolvesTo(replaced))
  },
)

import { expect } from 'vitest'
import {
  addressesChange,
  allReady,
  answersValue,
  conformance,
  crash,
  headlessService,
  idlePod,
  judgeClusterDomain,
  judgeNameAfterMove,
  keepsItsAddress,
  namedServers,
  namesFrom,
  podReplaced,
  podRestarted,
  premise,
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
      'dns.name-stable-ip-changes': { replaced: 'replaced', moved: 'moved' },
      'dns.target-one-pod': { one: 'each-by-its-name' },
      'dns.deployment-pod-ip-changes': { restarted: 'keeps-its-address' },
      'dns.hostname-matches-pod': { hostname: 'each-by-its-name', fqdn: ['full-name', 'at-first'] },
      'dns.leader-always-found': { ready: 'found-by-others' },
      'dns.cluster-domain': { default: 'default-domain', other: 'other-domain' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const spec = { updateStrategy: { type: 'OnDelete' } }
    const web = namedServers('web', { cluster, replicas: 3, podManagement: 'Parallel', spec })
    const pods = await observe.pods()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(headlessService('web', { port: serverPort }))
    await namespace.apply(web)
    await until(pods, allReady({ pods: ['client', 'web-0', 'web-1', 'web-2'] }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)
    const replica = await namesFrom('web-1', fixtures)
    const own = await replica.ownName()
    const first = await names.ask('web-1.web', 'at first', { pods: ['web-1'] })
    await expect(history).toUphold(resolvesTo(first), { as: 'at-first' })
    // Names of Pods that become Ready one after the other may come a second apart.
    await names.ask('web-0.web', 'at first', { pods: ['web-0'] })
    await names.ask('web-2.web', 'at first', { pods: ['web-2'] })
    const leader = await names.greeting('web-0.web', serverPort)
    const second = await names.greeting('web-1.web', serverPort)
    const third = await names.greeting('web-2.web', serverPort)
    const found = await replica.ask('web-0.web', 'by another replica', { pods: ['web-0'] })
    const reached = await replica.greeting('web-0.web', serverPort)

    await namespace.exec('web-1', crash)
    await expect(pods).toReach(podRestarted({ pod: 'web-1' }), { within: limits.containerRestarted })
    const restarted = await names.ask('web-1.web', 'after a container restart', { pods: ['web-1'] })
    await expect(history).toUphold(keepsItsAddress({ pod: 'web-1' }), { as: 'keeps-its-address' })
    await namespace.delete({ kind: 'Pod', name: 'web-1' })
    await expect(pods).toReach(podReplaced({ pod: 'web-1' }), { within: limits.podReady })
    const replaced = await names.ask('web-1.web', 'after it was replaced', { pods: ['web-1'] })
    await premise(history, addressesChange({ pods: ['web-1'] }))
    await expect(history).toUphold(resolvesTo(replaced), { as: 'replaced' })
    await judgeNameAfterMove(fixtures, { statefulSet: 'web', pod: 'web-1', name: 'web-1.web', pods, names })

    const fullName = `web-1.web.${namespace.name}.svc.${names.domain}`
    await expect(history).toUphold(answersValue({ found: own, value: fullName }), { as: 'full-name' })
    await expect(history).toUphold(answersValue({ found: leader, value: 'web-0' }), { as: 'each-by-its-name' })
    await expect(history).toUphold(answersValue({ found: second, value: 'web-1' }), { as: 'each-by-its-name' })
    await expect(history).toUphold(answersValue({ found: third, value: 'web-2' }), { as: 'each-by-its-name' })
    await expect(history).toUphold(resolvesTo(found), { as: 'found-by-others' })
    await expect(history).toUphold(answersValue({ found: reached, value: 'web-0' }), { as: 'found-by-others' })
    await expect(history).toUphold(resolvesTo(restarted))
    await judgeClusterDomain(fixtures, { names, pod: 'web-1', service: 'web', own })
  },
)

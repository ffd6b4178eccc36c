import { expect } from 'vitest'
import {
  addressesChange,
  conformance,
  deployment,
  headlessService,
  idlePod,
  namedAtRandom,
  namesFrom,
  neverAnswered,
  onlyPodReady,
  podGone,
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
    proves: {
      'dns.deployment-has-none': { random: 'random-names', 'no-name': ['under-a-service', 'no-name'] },
      'dns.deployment-pod-ip-changes': { replaced: 'other-address' },
    },
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
    const own = await names.watch([`${first}.web`, 'web-0.web'], 'by the name of the Pod and by an ordinal', { for: limits.staysUnchanged })
    await namespace.delete({ kind: 'Pod', name: first })
    await until(pods, podGone({ pod: first }), { within: limits.podDeleted })
    await expect(pods).toReach(onlyPodReady({ deployment: 'web' }), { within: limits.podReady })

    const second = await podOf(history, 'web')
    await expect(history).toUphold(resolvesTo(whole), { as: 'under-a-service' })
    await expect(history).toUphold(neverAnswered({ found: own }), { as: 'no-name' })
    await expect(history).toUphold(namedAtRandom({ deployment: 'web', pods: 2 }), { as: 'random-names' })
    await expect(history).toUphold(addressesChange({ pods: [first, second] }), { as: 'other-address' })
  },
)

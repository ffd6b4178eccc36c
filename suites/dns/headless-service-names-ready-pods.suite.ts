import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  fieldStays,
  headlessService,
  idlePod,
  namesFrom,
  openGate,
  podNotReady,
  podReady,
  resolvesTo,
  serverPort,
  shutGate,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'dns/headless-service-names-ready-pods',
    statement:
      'A headless Service has no cluster IP and resolves to the addresses of its Ready Pods. Each Ready Pod has its own name. Other Pods have one only with publishNotReadyAddresses.',
    level: 'MUST',
    source: { page: 'concepts/services-networking/dns-pod-service/', section: 'a-aaaa-records' },
    requires: [],
    mutants: ['unready-addresses-published', 'services-given-addresses'],
    proves: {
      'dns.per-pod-record': {},
      'dns.headless-clusterip-none': {},
      'dns.not-ready-pod-hidden': {},
      'dns.service-name-all-pods': {},
      'dns.leader-always-found': {},
      'dns.srv-records': {},
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = statefulSet('web', { cluster, replicas: 2, readiness: 'by-gate', podManagement: 'Parallel' })
    const pods = await observe.pods()
    await observe.services()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(headlessService('web', { port: serverPort }))
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'web-1' }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)

    await namespace.exec('web-0', openGate)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })
    const ready = await names.ask('web-0.web', 'once Ready', { pods: ['web-0'] })
    const hidden = await names.ask('web-1.web', 'before it is Ready', { pods: [] })
    const some = await names.ask('web', 'with one Pod Ready', { pods: ['web-0'] })
    await namespace.exec('web-1', openGate)
    await until(pods, podReady({ pod: 'web-1' }), { within: limits.podReady })
    const other = await names.ask('web-1.web', 'once Ready', { pods: ['web-1'] })
    const all = await names.ask('web', 'with both Ready', { pods: ['web-0', 'web-1'] })
    const targets = await names.targets('web', 'main')
    await namespace.exec('web-0', shutGate)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    const lost = await names.ask('web-0.web', 'no longer Ready', { pods: [] })
    await namespace.patch({ kind: 'Service', name: 'web' }, { spec: { publishNotReadyAddresses: true } })
    const published = await names.ask('web-0.web', 'published though not Ready', { pods: ['web-0'] })

    await expect(history).toUphold(resolvesTo(ready))
    await expect(history).toUphold(resolvesTo(hidden))
    await expect(history).toUphold(resolvesTo(some))
    await expect(history).toUphold(resolvesTo(other))
    await expect(history).toUphold(resolvesTo(all))
    await expect(history).toUphold(answersValue({ found: targets, value: 'web-0:8080, web-1:8080' }))
    await expect(history).toUphold(resolvesTo(lost))
    await expect(history).toUphold(resolvesTo(published))
    await expect(history).toUphold(fieldStays({ kind: 'Service', name: 'web', path: ['spec', 'clusterIP'], value: 'None' }))
  },
)

import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  fieldStays,
  headlessService,
  idlePod,
  namesFrom,
  neverAnswered,
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
      'dns.per-pod-record': { each: 'each-its-own' },
      'dns.headless-clusterip-none': { 'no-virtual-ip': 'no-virtual-ip', 'pod-addresses': ['some-ready', 'all-ready'] },
      'dns.not-ready-pod-hidden': { 'no-name': ['no-name', 'each-its-own'], peers: ['no-name', 'some-ready'], lost: 'no-longer-ready' },
      'dns.service-name-all-pods': { 'all-ready': 'all-ready', published: 'all-published', 'some-ready': 'some-ready' },
      'dns.leader-always-found': { 'not-ready': 'no-longer-ready' },
      'dns.srv-records': { every: 'targets' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const web = statefulSet('web', { cluster, replicas: 3, readiness: 'by-gate', podManagement: 'Parallel' })
    const pods = await observe.pods()
    await observe.services()
    await namespace.apply(idlePod('client', { cluster }))
    await namespace.apply(headlessService('web', { port: serverPort }))
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'client' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'web-1' }), { within: limits.podReady })
    await until(pods, podNotReady({ pod: 'web-2' }), { within: limits.podReady })
    const names = await namesFrom('client', fixtures)
    const targetsOfAll = ['web-0:8080', 'web-1:8080', 'web-2:8080']
    const peer = await namesFrom('web-2', fixtures)

    await namespace.exec('web-0', openGate)
    await namespace.exec('web-2', openGate)
    await until(pods, allReady({ pods: ['web-0', 'web-2'] }), { within: limits.podReady })
    const first = await names.ask('web-0.web', 'once Ready', { pods: ['web-0'] })
    const last = await names.ask('web-2.web', 'once Ready', { pods: ['web-2'] })
    const some = await names.ask('web', 'with one Pod not Ready', { pods: ['web-0', 'web-2'] })
    const hidden = await peer.watch(['web-1.web'], 'before it is Ready', { for: limits.staysUnchanged })
    await namespace.exec('web-1', openGate)
    await until(pods, podReady({ pod: 'web-1' }), { within: limits.podReady })
    const second = await names.ask('web-1.web', 'once Ready', { pods: ['web-1'] })
    const all = await names.ask('web', 'with all Ready', { pods: ['web-0', 'web-1', 'web-2'] })
    const targets = await names.targets('web', 'main', targetsOfAll)
    await namespace.exec('web-0', shutGate)
    await until(pods, podNotReady({ pod: 'web-0' }), { within: limits.podReady })
    const lost = await peer.ask('web-0.web', 'no longer Ready', { pods: [] })
    await namespace.patch({ kind: 'Service', name: 'web' }, { spec: { publishNotReadyAddresses: true } })
    const published = await names.ask('web-0.web', 'published though not Ready', { pods: ['web-0'] })
    const whole = await names.ask('web', 'published though one is not Ready', { pods: ['web-0', 'web-1', 'web-2'] })

    await expect(history).toUphold(resolvesTo(first), { as: 'each-its-own' })
    await expect(history).toUphold(resolvesTo(last), { as: 'each-its-own' })
    await expect(history).toUphold(neverAnswered({ found: hidden }), { as: 'no-name' })
    await expect(history).toUphold(resolvesTo(some), { as: 'some-ready' })
    await expect(history).toUphold(resolvesTo(second), { as: 'each-its-own' })
    await expect(history).toUphold(resolvesTo(all), { as: 'all-ready' })
    await expect(history).toUphold(answersValue({ found: targets, value: targetsOfAll.join(', ') }), { as: 'targets' })
    await expect(history).toUphold(resolvesTo(lost), { as: 'no-longer-ready' })
    await expect(history).toUphold(resolvesTo(published), { as: 'all-published' })
    await expect(history).toUphold(resolvesTo(whole), { as: 'all-published' })
    const address = fieldStays({ kind: 'Service', name: 'web', path: ['spec', 'clusterIP'], value: 'None' })
    await expect(history).toUphold(address, { as: 'no-virtual-ip' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  eachInItsZone,
  etcdFrom,
  etcdService,
  etcdSet,
  httpClient,
  nodeNotReady,
  otherWorker,
  podsReady,
  premise,
  requestDone,
  selectorOf,
  spreadOverZones,
  until,
  zonesOf,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/quorum-survives-zone-loss',
    statement:
      'While a zone with one of three etcd members is lost, the members of the other zone have all data, take writes and return them.',
    level: 'SHOULD',
    source: { page: 'https://etcd.io/docs/v3.6/op-guide/failures/', section: 'minor-followers-failure' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones', 'NodeLocalVolumes', 'NodeControl', 'Etcd', 'BackupTools'],
    mutants: ['members-start-alone'],
    proves: { 'topology.survive-zone-loss': { replicated: ['kept', 'written', 'read-back'] } },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster, measure }) => {
    const zonal = { ...cluster, storageClass: cluster.storageClasses.zoneLocal ?? cluster.storageClass }
    const set = spreadOverZones(etcdSet('etcd', { cluster: zonal, replicas: 3, podManagement: 'OrderedReady', ready: 'when-running' }))
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const [pods, clients, machines] = [await observe.pods(selectorOf(set)), await observe.pods(), await observe.nodes()]
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.statefulSetReady })
    const pvcs = { 'etcd-0': 'data-etcd-0', 'etcd-1': 'data-etcd-1' }
    await premise(history, eachInItsZone({ pvcs, zones: zonesOf(cluster) }))
    // Of two zones, that of the third member has two of them.
    const majority = await nodes.of('etcd-2')
    await namespace.apply(httpClient('client', { cluster, node: majority }))
    await until(clients, allReady({ pods: ['client'] }), { within: limits.podReady })
    await etcd.put('etcd-0', 'stored before, by the first', { key: 'first', value: 'blue' })
    await etcd.put('etcd-1', 'stored before, by the second', { key: 'second', value: 'red' })
    await etcd.put('etcd-2', 'stored before, by the third', { key: 'third', value: 'grey' })

    const lost = otherWorker(cluster, majority)
    await nodes.pause(lost)
    await until(machines, nodeNotReady({ node: lost }), { within: limits.nodeLost })
    const first = await etcd.get('etcd-2', 'read while the zone is lost: of the first', 'first')
    const second = await etcd.get('etcd-2', 'read while the zone is lost: of the second', 'second')
    const third = await etcd.get('etcd-2', 'read while the zone is lost: of the third', 'third')
    const written = await etcd.put('etcd-2', 'stored while the zone is lost', { key: 'meanwhile', value: 'green' })
    const meanwhile = await etcd.get('etcd-2', 'read back while the zone is lost', 'meanwhile')
    await nodes.unpause(lost)

    await expect(history).toUphold(answersValue({ found: first, value: 'blue' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: second, value: 'red' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: third, value: 'grey' }), { as: 'kept' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'written' })
    await expect(history).toUphold(answersValue({ found: meanwhile, value: 'green' }), { as: 'read-back' })
  },
)

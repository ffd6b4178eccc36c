import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  eachInItsZone,
  nodeNotReady,
  nodeReady,
  otherWorker,
  podsReady,
  premise,
  requestDone,
  selectorOf,
  spreadOverZones,
  until,
  zonesOf,
  zookeeperClient,
  zookeeperFrom,
  zookeeperService,
  zookeeperSet,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/zookeeper-survives-node-loss',
    statement:
      'While the node of one of three ZooKeeper servers is lost, the others have a leader, return all data and take writes. The server has these writes once its node is back.',
    level: 'SHOULD',
    source: { page: 'tutorials/stateful-application/zookeeper/', section: 'tolerating-node-failure' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'Zones', 'NodeLocalVolumes', 'NodeControl', 'ZooKeeper'],
    mutants: ['members-start-alone'],
    proves: {
      'app.zookeeper-ensemble': { 'in-order': 'in-order' },
      'app.zookeeper-node-loss': { leader: 'leader', kept: 'kept', written: ['written', 'read-back'], 'catches-up': 'catches-up' },
    },
    pace: 'slow',
    disruptive: true,
  },
  async ({ namespace, nodes, observe, history, limits, cluster, measure }) => {
    const zonal = { ...cluster, storageClass: cluster.storageClasses.zoneLocal ?? cluster.storageClass }
    const set = spreadOverZones(zookeeperSet('zk', { cluster: zonal, podManagement: 'OrderedReady', ready: 'when-running' }))
    const zookeeper = zookeeperFrom('client', { namespace, measure }, 'zk')
    const [pods, clients, machines] = [await observe.pods(selectorOf(set)), await observe.pods(), await observe.nodes()]
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(zookeeperService('zk'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.statefulSetReady })
    await premise(history, eachInItsZone({ pvcs: { 'zk-0': 'data-zk-0', 'zk-1': 'data-zk-1' }, zones: zonesOf(cluster) }))
    // Of two zones, that of the third server has two of them.
    const majority = await nodes.of('zk-2')
    await namespace.apply(zookeeperClient('client', { cluster, node: majority }))
    await until(clients, allReady({ pods: ['client'] }), { within: limits.podReady })
    await zookeeper.serves('zk-0')
    await zookeeper.serves('zk-1')
    await zookeeper.serves('zk-2')
    const roles = await zookeeper.roles(['zk-0', 'zk-1', 'zk-2'], 'roles')
    await zookeeper.create('zk-0', 'stored before, by the first', { key: 'first', value: 'blue' })
    await zookeeper.create('zk-1', 'stored before, by the second', { key: 'second', value: 'red' })
    await zookeeper.create('zk-2', 'stored before, by the third', { key: 'third', value: 'grey' })

    const lost = otherWorker(cluster, majority)
    await nodes.pause(lost)
    await until(machines, nodeNotReady({ node: lost }), { within: limits.nodeLost })
    await zookeeper.serves('zk-2')
    const left = await zookeeper.roles(['zk-0', 'zk-1', 'zk-2'], 'roles while the node is lost')
    const first = await zookeeper.get('zk-2', 'read while the node is lost: of the first', 'first')
    const second = await zookeeper.get('zk-2', 'read while the node is lost: of the second', 'second')
    const third = await zookeeper.get('zk-2', 'read while the node is lost: of the third', 'third')
    const written = await zookeeper.create('zk-2', 'stored while the node is lost', { key: 'meanwhile', value: 'green' })
    const meanwhile = await zookeeper.get('zk-2', 'read back while the node is lost', 'meanwhile')
    await nodes.unpause(lost)
    await until(machines, nodeReady({ node: lost }), { within: limits.nodeBack })
    await until(pods, podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.nodeBack })
    await zookeeper.serves('zk-0')
    await zookeeper.serves('zk-1')
    const ofFirst = await zookeeper.get('zk-0', 'read with the node back', 'meanwhile')
    const ofSecond = await zookeeper.get('zk-1', 'read with the node back', 'meanwhile')

    await expect(history).toUphold(answersValue({ found: left, value: 'follower, leader, none' }), { as: 'leader' })
    await expect(history).toUphold(answersValue({ found: first, value: 'blue' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: second, value: 'red' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: third, value: 'grey' }), { as: 'kept' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'written' })
    await expect(history).toUphold(answersValue({ found: meanwhile, value: 'green' }), { as: 'read-back' })
    await expect(history).toUphold(answersValue({ found: ofFirst, value: 'green' }), { as: 'catches-up' })
    await expect(history).toUphold(answersValue({ found: ofSecond, value: 'green' }), { as: 'catches-up' })
    await expect(history).toUphold(answersValue({ found: roles, value: 'follower, follower, leader' }), { as: 'in-order' })
  },
)

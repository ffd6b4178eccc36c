import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  differentVolumes,
  keepsItsVolume,
  podGone,
  podRestarted,
  podsReady,
  together,
  until,
  zookeeperClient,
  zookeeperFrom,
  zookeeperService,
  zookeeperSet,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/zookeeper-outlives-its-pods',
    statement:
      'Three ZooKeeper servers of a StatefulSet have id, name and volume by their ordinal, elect one leader and share what is stored. All of it is there after the leader is killed, and after all Pods are replaced.',
    level: 'SHOULD',
    source: { page: 'tutorials/stateful-application/zookeeper/', section: 'providing-durable-storage' },
    requires: ['DynamicProvisioning', 'ZooKeeper'],
    mutants: ['members-start-alone', 'volume-not-mounted', 'hostname-overridden'],
    proves: {
      'app.zookeeper-identity': { ids: 'ids', volumes: 'volumes', kept: ['ids-kept', 'volumes-kept'] },
      'app.zookeeper-ensemble': { formed: 'formed', leader: 'leader', shared: 'shared' },
      'app.zookeeper-restart': { restarted: 'restarted', serves: 'serves' },
      'app.zookeeper-durable': { durable: 'durable' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const servers = ['zk-0', 'zk-1', 'zk-2']
    const set = zookeeperSet('zk', { cluster, podManagement: 'Parallel', ready: 'with-the-quorum' })
    const zookeeper = zookeeperFrom('client', { namespace, measure }, 'zk')
    const pods = together(await observe.pods(), await observe.podEvents())
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(zookeeperService('zk'))
    await namespace.apply(zookeeperClient('client', { cluster }))

    await namespace.apply(set)
    await expect(pods).toReach(podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.quorumFormed, as: 'formed' })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    const ids = await zookeeper.ids(servers, 'ids')
    const roles = await zookeeper.roles(servers, 'roles')
    await expect(history).toUphold(answersValue({ found: roles, value: 'follower, follower, leader' }), { as: 'leader' })
    await zookeeper.create('zk-0', 'stored', { key: 'colour', value: 'blue' })
    const second = await zookeeper.get('zk-1', 'read', 'colour')
    const third = await zookeeper.get('zk-2', 'read', 'colour')
    const leader = await zookeeper.leaderOf(servers)
    await zookeeper.kill(leader)
    await expect(pods).toReach(podRestarted({ pod: leader }), { within: limits.containerRestarted, as: 'restarted' })
    const restarted = await zookeeper.get(leader, 'read after it was killed', 'colour')
    await namespace.delete({ kind: 'StatefulSet', name: 'zk' })
    await until(pods, podGone({ pod: 'zk-0' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'zk-1' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'zk-2' }), { within: limits.podDeleted })
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.quorumFormed })
    const idsKept = await zookeeper.ids(servers, 'ids of new Pods')
    const first = await zookeeper.get('zk-0', 'read from a new Pod', 'colour')
    const next = await zookeeper.get('zk-1', 'read from a new Pod', 'colour')
    const last = await zookeeper.get('zk-2', 'read from a new Pod', 'colour')

    await expect(history).toUphold(answersValue({ found: ids, value: 'zk-0: 1, zk-1: 2, zk-2: 3' }), { as: 'ids' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-zk-0', 'data-zk-1', 'data-zk-2'] }), { as: 'volumes' })
    await expect(history).toUphold(answersValue({ found: second, value: 'blue' }), { as: 'shared' })
    await expect(history).toUphold(answersValue({ found: third, value: 'blue' }), { as: 'shared' })
    await expect(history).toUphold(answersValue({ found: restarted, value: 'blue' }), { as: 'serves' })
    await expect(history).toUphold(answersValue({ found: idsKept, value: 'zk-0: 1, zk-1: 2, zk-2: 3' }), { as: 'ids-kept' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-zk-0' }), { as: 'volumes-kept' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-zk-1' }), { as: 'volumes-kept' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-zk-2' }), { as: 'volumes-kept' })
    await expect(history).toUphold(answersValue({ found: first, value: 'blue' }), { as: 'durable' })
    await expect(history).toUphold(answersValue({ found: next, value: 'blue' }), { as: 'durable' })
    await expect(history).toUphold(answersValue({ found: last, value: 'blue' }), { as: 'durable' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  budgetSettled,
  conformance,
  evictionRefused,
  podDisruptionBudget,
  podGone,
  podReplaced,
  podsReady,
  requestAccepted,
  requestDenied,
  requestDone,
  until,
  zookeeperClient,
  zookeeperFrom,
  zookeeperService,
  zookeeperSet,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/zookeeper-needs-a-majority',
    statement:
      'Two of three ZooKeeper servers serve reads and writes, and one alone serves none. A PodDisruptionBudget with maxUnavailable 1 lets one of them be evicted at a time. The others catch up when they return.',
    level: 'SHOULD',
    source: { page: 'tutorials/stateful-application/zookeeper/', section: 'surviving-maintenance' },
    requires: ['DynamicProvisioning', 'ZooKeeper'],
    mutants: ['members-start-alone', 'budget-of-others'],
    proves: {
      'app.zookeeper-budget': { one: ['one', 'returns'], second: 'second', again: 'again' },
      'app.zookeeper-majority': {
        majority: ['read', 'written'],
        'catches-up': 'catches-up',
        alone: ['no-write', 'no-read'],
        kept: ['kept', 'not-done'],
        again: 'written-again',
      },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const set = zookeeperSet('zk', { cluster, podManagement: 'Parallel', ready: 'with-the-quorum' })
    const zookeeper = zookeeperFrom('client', { namespace, measure }, 'zk')
    const pods = await observe.pods()
    const budgets = await observe.kind({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      plural: 'poddisruptionbudgets',
      namespaced: true,
    })
    await namespace.apply(zookeeperService('zk'))
    await namespace.apply(zookeeperClient('client', { cluster }))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.quorumFormed })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await zookeeper.create('zk-0', 'stored', { key: 'before', value: 'blue' })
    await namespace.apply(podDisruptionBudget('zk', { of: set, maxUnavailable: 1 }))
    await until(budgets, budgetSettled({ budget: 'zk' }), { within: limits.podReady })

    await namespace.evict('zk-1')
    await namespace.evict('zk-2')
    await expect(history).toUphold(requestAccepted({ verb: 'evict', kind: 'Pod', name: 'zk-1' }), { as: 'one' })
    await expect(history).toUphold(evictionRefused({ pod: 'zk-2' }), { as: 'second' })
    await expect(pods).toReach(podReplaced({ pod: 'zk-1' }), { within: limits.quorumFormed, as: 'returns' })
    await until(budgets, budgetSettled({ budget: 'zk' }), { within: limits.podReady })
    await namespace.evict('zk-0')
    await expect(history).toUphold(requestAccepted({ verb: 'evict', kind: 'Pod', name: 'zk-0' }), { as: 'again' })
    await until(pods, podReplaced({ pod: 'zk-0' }), { within: limits.quorumFormed })
    await namespace.scale(set, 2)
    await until(pods, podGone({ pod: 'zk-2' }), { within: limits.podDeleted })
    await zookeeper.serves('zk-0')
    await zookeeper.serves('zk-1')
    const written = await zookeeper.create('zk-0', 'stored by two of three', { key: 'meanwhile', value: 'green' })
    const read = await zookeeper.get('zk-1', 'read from two of three', 'before')
    await namespace.scale(set, 1)
    await until(pods, podGone({ pod: 'zk-1' }), { within: limits.podDeleted })
    await zookeeper.unserved('zk-0')
    const alone = await zookeeper.create('zk-0', 'stored by one of three', { key: 'alone', value: 'red' })
    const unread = await zookeeper.get('zk-0', 'read from one of three', 'before')
    await namespace.scale(set, 3)
    await until(pods, podsReady({ statefulSet: 'zk', replicas: 3 }), { within: limits.quorumFormed })
    const kept = await zookeeper.get('zk-0', 'read with the others back', 'before')
    const notDone = await zookeeper.get('zk-1', 'read with the others back: of one of three', 'alone')
    const caughtUp = await zookeeper.get('zk-2', 'read with the others back: of two of three', 'meanwhile')
    const again = await zookeeper.create('zk-2', 'stored with the others back', { key: 'after', value: 'grey' })

    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'written' })
    await expect(history).toUphold(answersValue({ found: read, value: 'blue' }), { as: 'read' })
    await expect(history).toUphold(requestDenied({ attempt: alone }), { as: 'no-write' })
    await expect(history).toUphold(requestDenied({ attempt: unread }), { as: 'no-read' })
    await expect(history).toUphold(answersValue({ found: kept, value: 'blue' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: notDone, value: null }), { as: 'not-done' })
    await expect(history).toUphold(answersValue({ found: caughtUp, value: 'green' }), { as: 'catches-up' })
    await expect(history).toUphold(requestDone({ attempt: again }), { as: 'written-again' })
  },
)

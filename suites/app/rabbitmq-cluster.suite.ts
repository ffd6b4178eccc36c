import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  httpClient,
  keepsItsVolume,
  podGone,
  podsReady,
  rabbitFrom,
  rabbitSecret,
  rabbitService,
  rabbitSet,
  requestDenied,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/rabbitmq-cluster',
    statement:
      'Three RabbitMQ nodes of a StatefulSet form one cluster, each under the name of its Pod. A quorum queue takes and confirms messages while one is away, and confirms none while two are. Nodes that return under their names and on their volumes are the same members. A persistent message in a durable queue is there again with its node, a transient one is not.',
    level: 'SHOULD',
    source: { page: 'https://www.rabbitmq.com/docs/clustering', section: 'node-names' },
    requires: ['DynamicProvisioning', 'RabbitMQ', 'BackupTools'],
    mutants: ['members-start-alone', 'volume-not-mounted'],
    proves: {
      'app.rabbitmq-names': { formed: 'formed', same: ['returned', 'same-members', 'holds-all'] },
      'app.rabbitmq-quorum-queue': {
        'one-away': ['taken', 'confirmed'],
        'two-away': 'not-confirmed',
        returned: ['confirmed-again', 'holds-all'],
      },
      'app.rabbitmq-persistent-message': { persistent: ['returned', 'kept'], transient: 'kept', away: 'away' },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const all = 'rabbit@rabbit-0.rabbit, rabbit@rabbit-1.rabbit, rabbit@rabbit-2.rabbit'
    const set = rabbitSet('rabbit', { cluster, replicas: 3, podManagement: 'Parallel' })
    const rabbit = rabbitFrom('client', { namespace, measure }, 'rabbit')
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(rabbitSecret('rabbit'))
    await namespace.apply(rabbitService('rabbit'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'rabbit', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    const formed = await rabbit.members('rabbit-1', 'nodes at first')
    await expect(history).toUphold(answersValue({ found: formed, value: all }), { as: 'formed' })
    await rabbit.declare('rabbit-0', 'orders', 'quorum')
    await rabbit.declare('rabbit-0', 'others', 'quorum')
    await rabbit.declare('rabbit-2', 'jobs', 'classic')
    await rabbit.publish('rabbit-1', 'first order', { queue: 'orders', text: 'first' })
    await rabbit.publish('rabbit-0', 'persistent job', { queue: 'jobs', text: 'persistent' })
    await rabbit.publish('rabbit-0', 'transient job', { queue: 'jobs', text: 'transient', delivery: 'transient' })

    await namespace.scale(set, 2)
    await until(pods, podGone({ pod: 'rabbit-2' }), { within: limits.podDeleted })
    const oneAway = await rabbit.members('rabbit-0', 'nodes while one is away')
    const away = await rabbit.take('rabbit-0', 'jobs while their node is away', { queue: 'jobs' })
    const taken = await rabbit.take('rabbit-0', 'order while one is away', { queue: 'orders' })
    const confirmed = await rabbit.publish('rabbit-1', 'second order, while one is away', { queue: 'orders', text: 'second' })
    await namespace.scale(set, 1)
    await until(pods, podGone({ pod: 'rabbit-1' }), { within: limits.podDeleted })
    const alone = await rabbit.publish('rabbit-0', 'order while two are away', { queue: 'others', text: 'alone' })
    await namespace.scale(set, 3)
    await expect(pods).toReach(podsReady({ statefulSet: 'rabbit', replicas: 3 }), { within: limits.statefulSetReady, as: 'returned' })
    const returned = await rabbit.members('rabbit-2', 'nodes in the end')
    const kept = await rabbit.take('rabbit-1', 'jobs with their node back', { queue: 'jobs' })
    const again = await rabbit.publish('rabbit-2', 'third order, with all nodes back', { queue: 'orders', text: 'third' })
    await namespace.delete(set, { propagationPolicy: 'Orphan' })
    await namespace.delete({ kind: 'Pod', name: 'rabbit-0' })
    await until(pods, podGone({ pod: 'rabbit-0' }), { within: limits.podDeleted })
    const inReturned = await rabbit.take('rabbit-2', 'orders, by the two that were away', { queue: 'orders' })

    await expect(history).toUphold(answersValue({ found: oneAway, value: `${all} (away)` }))
    await expect(history).toUphold(requestDenied({ attempt: away }), { as: 'away' })
    await expect(history).toUphold(answersValue({ found: taken, value: 'first' }), { as: 'taken' })
    await expect(history).toUphold(answersValue({ found: confirmed, value: 'confirmed' }), { as: 'confirmed' })
    await expect(history).toUphold(answersValue({ found: alone, value: null }), { as: 'not-confirmed' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-rabbit-1' }), { as: 'same-members' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-rabbit-2' }), { as: 'same-members' })
    await expect(history).toUphold(answersValue({ found: returned, value: all }), { as: 'same-members' })
    await expect(history).toUphold(answersValue({ found: kept, value: 'persistent' }), { as: 'kept' })
    await expect(history).toUphold(answersValue({ found: again, value: 'confirmed' }), { as: 'confirmed-again' })
    await expect(history).toUphold(answersValue({ found: inReturned, value: 'second, third' }), { as: 'holds-all' })
  },
)

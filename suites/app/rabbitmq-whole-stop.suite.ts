import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  httpClient,
  podAbsent,
  podGone,
  podNotReady,
  podsReady,
  rabbitFrom,
  rabbitSecret,
  rabbitService,
  rabbitSet,
  statefulSetGone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/rabbitmq-whole-stop',
    statement:
      'After all nodes of a RabbitMQ cluster stopped, and that of Pod 0 first, podManagementPolicy OrderedReady does not start it again: Pod 0 waits for the others, which are not created. With Parallel, the same nodes start with their messages.',
    level: 'SHOULD',
    source: { page: 'https://www.rabbitmq.com/docs/cluster-formation', section: 'peer-discovery-k8s' },
    requires: ['DynamicProvisioning', 'RabbitMQ', 'BackupTools'],
    mutants: ['parallel-pod-management'],
    proves: {
      'app.rabbitmq-starts-again': {
        'first-waits': ['never-ready', 'not-created', 'waits'],
        'in-parallel': ['in-parallel', 'kept'],
      },
    },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster, mark, measure }) => {
    const parallel = rabbitSet('rabbit', { cluster, replicas: 3, podManagement: 'Parallel' })
    const ordered = rabbitSet('rabbit', { cluster, replicas: 3, podManagement: 'OrderedReady' })
    const rabbit = rabbitFrom('client', { namespace, measure }, 'rabbit')
    const pods = await observe.pods()
    const sets = await observe.statefulSets()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(rabbitSecret('rabbit'))
    await namespace.apply(rabbitService('rabbit'))
    await namespace.apply(parallel)
    await until(pods, podsReady({ statefulSet: 'rabbit', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await rabbit.declare('rabbit-0', 'orders', 'quorum')
    await rabbit.publish('rabbit-0', 'first order', { queue: 'orders', text: 'first' })

    await namespace.delete(parallel, { propagationPolicy: 'Orphan' })
    await until(sets, statefulSetGone({ statefulSet: 'rabbit' }), { within: limits.objectDeleted })
    await namespace.delete({ kind: 'Pod', name: 'rabbit-0' })
    await until(pods, podGone({ pod: 'rabbit-0' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'Pod', name: 'rabbit-1' })
    await until(pods, podGone({ pod: 'rabbit-1' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'Pod', name: 'rabbit-2' })
    await until(pods, podGone({ pod: 'rabbit-2' }), { within: limits.podDeleted })
    await namespace.apply(ordered)
    await until(pods, podNotReady({ pod: 'rabbit-0' }), { within: limits.podReady })
    const waiting = mark('Pod 0 runs and is not Ready')
    const said = await rabbit.start('rabbit-0', 'start of Pod 0 alone', { within: limits.statefulSetReady })
    await expect(pods).toStay(podNotReady({ pod: 'rabbit-0' }), { for: limits.staysUnchanged, after: waiting, as: 'never-ready' })
    await expect(pods).toStay(podAbsent({ pod: 'rabbit-1' }), { for: limits.staysUnchanged, after: waiting, as: 'not-created' })
    await expect(history).toUphold(answersValue({ found: said, value: 'waits' }), { as: 'waits' })
    await namespace.delete(ordered, { propagationPolicy: 'Orphan' })
    await until(sets, statefulSetGone({ statefulSet: 'rabbit' }), { within: limits.objectDeleted })
    await namespace.apply(parallel)
    await expect(pods).toReach(podsReady({ statefulSet: 'rabbit', replicas: 3 }), { within: limits.statefulSetReady, as: 'in-parallel' })
    const kept = await rabbit.take('rabbit-1', 'orders after the start in parallel', { queue: 'orders' })

    await expect(history).toUphold(answersValue({ found: kept, value: 'first' }), { as: 'kept' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  answersAlike,
  answersValue,
  conformance,
  etcdFrom,
  etcdService,
  etcdSet,
  httpClient,
  podGone,
  podsReady,
  podsTerminateInReverseOrder,
  requestDone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/scale-down-ignores-leader',
    statement:
      'Scaling a StatefulSet to zero stops Pods from the highest ordinal to ordinal 0. If the leader has the highest ordinal, the remaining members elect another one. If it has ordinal 0, nobody else is elected.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: ['DynamicProvisioning', 'Etcd', 'BackupTools'],
    mutants: ['parallel-pod-management'],
    proves: {
      'app.shutdown-leader-last': {
        last: ['led-by-first', 'first-stops-last'],
        'no-split-brain': ['led-by-first', 'no-election', 'first-stops-last'],
        'leader-first': ['leader', 'order'],
        elects: ['leader', 'elects'],
      },
      'statefulset.leader-is-ordinal-zero': { role: 'leader', name: 'leader' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const options = { cluster, replicas: 3, podManagement: 'OrderedReady', ready: 'when-running' } as const
    const [set, other] = [etcdSet('etcd', options), etcdSet('other', { ...options, electsAfter: 'five-seconds' })]
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const ledByFirst = etcdFrom('client', { namespace, measure }, 'other')
    const pods = await observe.pods()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(etcdService('other'))
    await namespace.apply(set)
    await namespace.apply(other)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, podsReady({ statefulSet: 'other', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await etcd.serves('etcd-2')
    await ledByFirst.serves('other-2')
    await etcd.put('etcd-0', 'stored', { key: 'colour', value: 'blue' })
    await ledByFirst.put('other-0', 'stored', { key: 'colour', value: 'blue' })
    await etcd.transferLeadership('etcd-2')
    await ledByFirst.transferLeadership('other-0')
    const leader = await etcd.leader('etcd-0', 'leader before')
    const first = await ledByFirst.leader('other-2', 'leader of ordinal 0')
    const term = await ledByFirst.term('other-2', 'term before')

    await namespace.scale(other, 1)
    await until(pods, podGone({ pod: 'other-1' }), { within: limits.statefulSetScaled })
    const last = await ledByFirst.term('other-0', 'term of the last one')
    await namespace.scale(other, 0)
    await until(pods, podGone({ pod: 'other-0' }), { within: limits.podDeleted })
    await namespace.scale(set, 2)
    await until(pods, podGone({ pod: 'etcd-2' }), { within: limits.podDeleted })
    const written = await etcd.put('etcd-0', 'stored under another leader', { key: 'colour', value: 'green' })
    await namespace.scale(set, 0)
    await expect(pods).toReach(podGone({ pod: 'etcd-0' }), { within: limits.statefulSetScaled, as: 'order' })

    await expect(history).toUphold(answersValue({ found: first, value: 'other-0' }), { as: 'led-by-first' })
    await expect(history).toUphold(answersAlike({ first: term, second: last }), { as: 'no-election' })
    await expect(history).toUphold(podsTerminateInReverseOrder({ statefulSet: 'other', from: 3, to: 0 }), { as: 'first-stops-last' })
    await expect(history).toUphold(answersValue({ found: leader, value: 'etcd-2' }), { as: 'leader' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'elects' })
    await expect(history).toUphold(podsTerminateInReverseOrder({ statefulSet: 'etcd', from: 3, to: 0 }), { as: 'order' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
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
      'Scaling a StatefulSet to zero stops Pods from the highest ordinal to ordinal 0, even if the leader has the highest ordinal. The remaining members elect another leader.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: ['DynamicProvisioning', 'Etcd', 'BackupTools'],
    mutants: ['parallel-pod-management'],
    proves: {
      'app.shutdown-leader-last': { last: 'order', 'leader-first': ['leader', 'order'], elects: ['leader', 'elects'] },
      'statefulset.leader-is-ordinal-zero': { role: 'leader', name: 'leader' },
    },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const set = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'OrderedReady', ready: 'when-running' })
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const pods = await observe.pods()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.statefulSetReady })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await etcd.put('etcd-0', 'stored', { key: 'colour', value: 'blue' })
    await etcd.transferLeadership('etcd-2')
    const leader = await etcd.leader('etcd-0', 'leader before')

    await namespace.scale(set, 2)
    await until(pods, podGone({ pod: 'etcd-2' }), { within: limits.podDeleted })
    const written = await etcd.put('etcd-0', 'stored under another leader', { key: 'colour', value: 'green' })
    await namespace.scale(set, 0)
    await expect(pods).toReach(podGone({ pod: 'etcd-0' }), { within: limits.statefulSetScaled, as: 'order' })

    await expect(history).toUphold(answersValue({ found: leader, value: 'etcd-2' }), { as: 'leader' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'elects' })
    await expect(history).toUphold(podsTerminateInReverseOrder({ statefulSet: 'etcd', from: 3, to: 0 }), { as: 'order' })
  },
)

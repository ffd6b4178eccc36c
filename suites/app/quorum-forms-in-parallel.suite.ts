import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  differentVolumes,
  etcdFrom,
  etcdService,
  etcdSet,
  httpClient,
  podsReady,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/quorum-forms-in-parallel',
    statement:
      'With podManagementPolicy Parallel, members that are Ready only with a quorum form one. A value stored by one member can be read from the others.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'parallel-pod-management' },
    requires: ['DynamicProvisioning', 'Etcd', 'BackupTools'],
    mutants: ['ordered-pod-management', 'members-start-alone'],
    proves: { 'app.kafka-needs-order': { 'any-order': ['formed', 'shared'], identity: 'named' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const set = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'Parallel', ready: 'with-the-quorum' })
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const pods = together(await observe.pods(), await observe.podEvents())
    await observe.pvcs()
    await observe.pvs()
    await namespace.apply(httpClient('client', { cluster }))
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })

    await namespace.apply(etcdService('etcd'))
    await namespace.apply(set)
    await expect(pods).toReach(podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.quorumFormed, as: 'formed' })
    const members = await etcd.members('etcd-0', 'members')
    await etcd.put('etcd-0', 'stored', { key: 'colour', value: 'blue' })
    const first = await etcd.get('etcd-1', 'read', 'colour')
    const second = await etcd.get('etcd-2', 'read', 'colour')

    await expect(history).toUphold(answersValue({ found: members, value: 'etcd-0, etcd-1, etcd-2' }), { as: 'named' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-etcd-0', 'data-etcd-1', 'data-etcd-2'] }), { as: 'named' })
    await expect(history).toUphold(answersValue({ found: first, value: 'blue' }), { as: 'shared' })
    await expect(history).toUphold(answersValue({ found: second, value: 'blue' }), { as: 'shared' })
  },
)

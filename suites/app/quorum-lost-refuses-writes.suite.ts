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
  requestDenied,
  requestDone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/quorum-lost-refuses-writes',
    statement:
      'An etcd member left alone out of three has no leader and refuses writes. After the others return on their volumes, writes succeed again, and no data is lost.',
    level: 'SHOULD',
    source: { page: 'https://etcd.io/docs/v3.6/op-guide/failures/', section: 'majority-failure' },
    requires: ['DynamicProvisioning', 'Etcd', 'BackupTools'],
    mutants: ['members-start-alone'],
    proves: { 'statefulset.order-prevents-split-brain': { alone: ['refused', 'kept', 'with-the-quorum'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const set = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'Parallel', ready: 'with-the-quorum' })
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const pods = await observe.pods()
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(set)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.quorumFormed })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await etcd.put('etcd-0', 'stored', { key: 'colour', value: 'blue' })

    await namespace.scale(set, 1)
    await until(pods, podGone({ pod: 'etcd-1' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'etcd-2' }), { within: limits.podDeleted })
    await etcd.leaderless('etcd-0')
    const alone = await etcd.put('etcd-0', 'stored without a quorum', { key: 'colour', value: 'red' })
    await namespace.scale(set, 3)
    await expect(pods).toReach(podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.quorumFormed })
    const kept = await etcd.get('etcd-2', 'read with the quorum back', 'colour')
    const again = await etcd.put('etcd-2', 'stored with the quorum back', { key: 'colour', value: 'green' })

    await expect(history).toUphold(requestDenied({ attempt: alone }), { as: 'refused' })
    await expect(history).toUphold(answersValue({ found: kept, value: 'blue' }), { as: 'kept' })
    await expect(history).toUphold(requestDone({ attempt: again }), { as: 'with-the-quorum' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  answersValue,
  conformance,
  etcdFrom,
  etcdService,
  etcdSet,
  httpClient,
  podReady,
  podsReady,
  requestDone,
  together,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/quorum-survives-member-loss',
    statement:
      'Two of three etcd members still serve reads and writes after the third and its PVC are lost. After it is removed and added again, it has all data on a new volume.',
    level: 'SHOULD',
    source: { page: 'https://etcd.io/docs/v3.6/op-guide/runtime-configuration/', section: 'replace-a-failed-machine' },
    requires: ['DynamicProvisioning', 'Etcd', 'BackupTools'],
    mutants: ['members-start-alone'],
    proves: { 'statefulset.order-prevents-split-brain': { majority: ['read', 'written'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure }) => {
    const founding = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'Parallel', ready: 'with-the-quorum' })
    const joining = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'Parallel', ready: 'with-the-quorum', members: 'join' })
    const etcd = etcdFrom('client', { namespace, measure }, 'etcd')
    const pods = await observe.pods()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(httpClient('client', { cluster }))
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(founding)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 3 }), { within: limits.quorumFormed })
    await until(pods, allReady({ pods: ['client'] }), { within: limits.podReady })
    await etcd.put('etcd-0', 'stored', { key: 'before', value: 'blue' })

    await namespace.scale(founding, 2)
    await until(pods, podsReady({ statefulSet: 'etcd', replicas: 2 }), { within: limits.statefulSetScaled })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-etcd-2' })
    await until(pvcs, volumeRemoved({ pvc: 'data-etcd-2' }), { within: limits.objectDeleted })
    const kept = await etcd.get('etcd-1', 'read while one is lost', 'before')
    const written = await etcd.put('etcd-1', 'stored while one is lost', { key: 'meanwhile', value: 'green' })
    await expect(history).toUphold(answersValue({ found: kept, value: 'blue' }), { as: 'read' })
    await expect(history).toUphold(requestDone({ attempt: written }), { as: 'written' })
    await etcd.remove('etcd-2', { via: 'etcd-0' })
    await etcd.add('etcd-2', { via: 'etcd-0' })
    await namespace.apply(joining)
    await expect(pods).toReach(podReady({ pod: 'etcd-2' }), { within: limits.quorumFormed })
    const before = await etcd.get('etcd-2', 'read in the new member', 'before')
    const meanwhile = await etcd.get('etcd-2', 'read in the new member, of meanwhile', 'meanwhile')

    await expect(history).toUphold(answersValue({ found: before, value: 'blue' }))
    await expect(history).toUphold(answersValue({ found: meanwhile, value: 'green' }))
  },
)

import { expect } from 'vitest'
import { conformance, etcdService, etcdSet, podAbsent, podNotReady, podsReady, until } from '../../harness/index.ts'

conformance(
  {
    id: 'app/ordered-ready-quorum-deadlock',
    statement:
      'With podManagementPolicy OrderedReady, members that are Ready only with a quorum never form one. Pod 0 does not become Ready, and Pod 1 is not created. With Parallel, the same members form one.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: ['DynamicProvisioning', 'Etcd'],
    mutants: ['parallel-pod-management'],
    proves: { 'app.kafka-needs-order': { 'order-hinders': ['never-ready', 'not-created', 'in-parallel'] } },
    pace: 'slow',
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const set = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'OrderedReady', ready: 'with-the-quorum' })
    const pods = await observe.pods()
    await namespace.apply(etcdService('etcd'))
    await namespace.apply(etcdService('peers'))

    await namespace.apply(set)
    await until(pods, podNotReady({ pod: 'etcd-0' }), { within: limits.podReady })
    const running = mark('Pod 0 runs and is not Ready')

    await expect(pods).toStay(podNotReady({ pod: 'etcd-0' }), { for: limits.staysUnchanged, after: running, as: 'never-ready' })
    await expect(pods).toStay(podAbsent({ pod: 'etcd-1' }), { for: limits.staysUnchanged, after: running, as: 'not-created' })
    await namespace.apply(etcdSet('peers', { cluster, replicas: 3, podManagement: 'Parallel', ready: 'with-the-quorum' }))
    await expect(pods).toReach(podsReady({ statefulSet: 'peers', replicas: 3 }), { within: limits.quorumFormed, as: 'in-parallel' })
  },
)

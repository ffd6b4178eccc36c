import { expect } from 'vitest'
import { conformance, etcdService, etcdSet, podAbsent, podNotReady, selectorOf, until } from '../../harness/index.ts'

conformance(
  {
    id: 'app/ordered-ready-quorum-deadlock',
    statement:
      'With podManagementPolicy OrderedReady, members that are Ready only with a quorum never form one. Pod 0 does not become Ready, and Pod 1 is not created.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'deployment-and-scaling-guarantees' },
    requires: ['DynamicProvisioning', 'Etcd'],
    mutants: ['parallel-pod-management'],
    proves: { 'app.peer-start-race': {} },
  },
  async ({ namespace, observe, limits, cluster, mark }) => {
    const set = etcdSet('etcd', { cluster, replicas: 3, podManagement: 'OrderedReady', ready: 'with-the-quorum' })
    const pods = await observe.pods(selectorOf(set))
    await namespace.apply(etcdService('etcd'))

    await namespace.apply(set)
    await until(pods, podNotReady({ pod: 'etcd-0' }), { within: limits.podReady })
    const running = mark('Pod 0 runs and is not Ready')

    await expect(pods).toStay(podNotReady({ pod: 'etcd-0' }), { for: limits.staysUnchanged, after: running })
    await expect(pods).toStay(podAbsent({ pod: 'etcd-1' }), { for: limits.staysUnchanged, after: running })
  },
)

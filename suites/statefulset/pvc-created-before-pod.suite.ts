import { expect } from 'vitest'
import {
  conformance,
  podAbsent,
  podReady,
  quotaInForce,
  resourceQuota,
  scaleObserved,
  selectorOf,
  statefulSet,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/pvc-created-before-pod',
    statement:
      'A StatefulSet creates the PVC of a Pod before the Pod. While a quota refuses the PVC, the Pod is not created. After the quota is gone, the Pod is created.',
    level: 'MAY',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'stable-storage' },
    requires: ['DynamicProvisioning'],
    mutants: ['volume-claim-templates-dropped'],
    proves: { 'statefulset.pvc-before-pod': {} },
  },
  async ({ namespace, observe, limits, cluster, mark, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const quota = resourceQuota('pvcs', { persistentvolumeclaims: '1' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(quota)
    await until(quotas, quotaInForce({ resourceQuota: 'pvcs' }), { within: limits.objectDeleted })
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.scale(web, 2)
    await until(sets, scaleObserved({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetScaled })
    const observed = mark('scale-up observed')
    await expect(pods).toStay(podAbsent({ pod: 'web-1' }), { for: limits.staysUnchanged, after: observed })

    await namespace.delete(quota)
    await expect(pods).toReach(podReady({ pod: 'web-1' }), { within: limits.statefulSetScaled })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  conformance,
  podAbsent,
  podReady,
  pvc,
  pvcMadeFirst,
  quotaCounted,
  quotaSizes,
  quotaUsed,
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
    holds: ['PersistentVolumes without a class'],
    proves: { 'statefulset.pvc-before-pod': { order: 'pvc-first', needed: ['no-pod', 'pod-afterwards'] } },
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const quota = resourceQuota('pvcs', { persistentvolumeclaims: '2', 'requests.storage': quotaSizes.ample })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    await observe.pvcs()
    const quotas = await observe.kind({ apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas', namespaced: true })
    await namespace.apply(quota)
    await until(quotas, quotaCounted({ resourceQuota: 'pvcs' }), { within: limits.objectDeleted })
    await namespace.attempt.dryRun(pvc('canary', { cluster, size: sizes.beyondAll, storageClass: '' }), { is: 'refused' })
    // No volume is made for a PVC without a class.
    await namespace.apply(pvc('other', { cluster, size: sizes.small, storageClass: '' }))
    await until(quotas, quotaUsed({ resourceQuota: 'pvcs', used: { persistentvolumeclaims: '1' } }), { within: limits.objectDeleted })
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.scale(web, 3)
    await until(sets, scaleObserved({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetScaled })
    const observed = mark('scale-up observed')
    await expect(pods).toStay(podAbsent({ pod: 'web-1' }), { for: limits.staysUnchanged, after: observed, as: 'no-pod' })

    await namespace.delete(quota)
    await expect(pods).toReach(allReady({ pods: ['web-1', 'web-2'] }), { within: limits.statefulSetScaled, as: 'pod-afterwards' })

    await expect(history).toUphold(pvcMadeFirst({ pod: 'web-0', pvc: 'data-web-0' }), { as: 'pvc-first' })
    await expect(history).toUphold(pvcMadeFirst({ pod: 'web-1', pvc: 'data-web-1' }), { as: 'pvc-first' })
    await expect(history).toUphold(pvcMadeFirst({ pod: 'web-2', pvc: 'data-web-2' }), { as: 'pvc-first' })
  },
)

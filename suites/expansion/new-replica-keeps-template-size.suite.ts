import { expect } from 'vitest'
import { capacityStays, conformance, podReady, podsReady, pvcExpanded, selectorOf, statefulSet, until } from '../../harness/index.ts'

conformance(
  {
    id: 'expansion/new-replica-keeps-template-size',
    statement: 'Expanding the PVCs of a StatefulSet does not change its volumeClaimTemplates. The PVC of a later replica has the old size.',
    level: 'SHOULD',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'volume-claim-templates' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['pvcs-enlarged'],
    proves: { 'expansion.new-replicas-old-size': { template: ['first-new', 'second-new'] } },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 1, data: sizes.small })
    const pods = await observe.pods(selectorOf(web))
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podReady({ pod: 'web-0' }), { within: limits.podReady })

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-0' }, sizes.medium)
    await until(pvcs, pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded })
    await namespace.scale(web, 3)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetScaled })

    await expect(history).toUphold(capacityStays({ pvc: 'data-web-1', capacity: sizes.small }), { as: 'first-new' })
    await expect(history).toUphold(capacityStays({ pvc: 'data-web-2', capacity: sizes.small }), { as: 'second-new' })
  },
)

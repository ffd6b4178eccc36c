import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  podsReady,
  pvcsBound,
  selectorOf,
  statefulSet,
  statefulSetScaled,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'retention/scale-down-keeps-pvcs',
    statement: 'Scaling a StatefulSet down keeps the PVCs of the removed Pods, Bound to the same volumes.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-deleted-with-statefulset'],
    proves: { 'statefulset.scale-down-keeps-pvc': { bound: ['stays-bound', 'same-volumes'] } },
    pace: 'quick',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel' })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })

    await namespace.scale(web, 1)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    await until(sets, statefulSetScaled({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    const scaledDown = mark('scaled down')
    const bound = pvcsBound({ pvcs: ['data-web-0', 'data-web-1', 'data-web-2'] })
    await expect(pvcs).toStay(bound, { for: limits.staysUnchanged, after: scaledDown, as: 'stays-bound' })

    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-2' }), { as: 'same-volumes' })
  },
)

import { expect } from 'vitest'
import {
  allReady,
  conformance,
  keepsItsVolume,
  pvcsBound,
  statefulSet,
  statefulSetGone,
  staysTheSamePod,
  together,
  until,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'retention/when-deleted-delete',
    statement:
      'With whenDeleted Delete, deleting a StatefulSet deletes its PVCs and their volumes. If the StatefulSet is deleted without its Pods, the PVCs stay.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['retention-dropped'],
    proves: { 'statefulset.retention-when-deleted': { deleted: 'removed' } },
    pace: 'slow',
    since: '1.27',
    gate: 'StatefulSetAutoDeletePVC',
  },
  async ({ namespace, observe, history, limits, cluster, mark, sizes }) => {
    const spec = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }
    const whole = statefulSet('whole', { cluster, replicas: 3, data: sizes.small, podManagement: 'Parallel', spec })
    const apart = statefulSet('apart', { cluster, replicas: 1, data: sizes.small, spec })
    const pods = await observe.pods()
    const sets = await observe.statefulSets()
    const pvcs = await observe.pvcs()
    const volumes = together(await observe.pvs(), pvcs)
    await namespace.apply(whole)
    await namespace.apply(apart)
    await until(pods, allReady({ pods: ['whole-0', 'whole-1', 'whole-2', 'apart-0'] }), { within: limits.statefulSetReady })

    await namespace.delete(apart, { propagationPolicy: 'Orphan' })
    await until(sets, statefulSetGone({ statefulSet: 'apart' }), { within: limits.objectDeleted })
    const orphaned = mark('deleted without its Pods')
    await namespace.delete(whole)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-whole-0' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-whole-1' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-whole-2' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(pvcs).toStay(pvcsBound({ pvcs: ['data-apart-0'] }), { for: limits.staysUnchanged, after: orphaned })

    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-apart-0' }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'apart-0', restarts: 'none' }))
  },
)

import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  podsReady,
  pvcDeletedLast,
  selectorOf,
  statefulSet,
  together,
  until,
  volumeEmpty,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'retention/when-scaled-delete',
    statement:
      'With whenScaled Delete, scaling down deletes the PVCs and volumes of the removed Pods after these are gone. A Pod that returns starts with an empty volume. Other PVCs stay.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['retention-dropped'],
    proves: {
      'statefulset.retention-when-scaled': { deleted: ['removed', 'others-stay'], 'after-pods': 'pods-first' },
      'statefulset.never-empty-volume': { 'policy-delete': ['removed', 'empty'] },
    },
    since: '1.27',
    gate: 'StatefulSetAutoDeletePVC',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete' }
    const options = { cluster, replicas: 3, data: sizes.small, termination: 'after-a-moment' } as const
    const web = statefulSet('web', { ...options, spec: { persistentVolumeClaimRetentionPolicy } })
    const volume = volumeIn('web-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const volumes = together(await observe.pvs(), await observe.pvcs())
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetReady })
    await volume.fill()

    await namespace.scale(web, 1)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-2' }), { within: limits.statefulSetScaled, as: 'removed' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-1' }), { within: limits.statefulSetScaled, as: 'removed' })
    await namespace.scale(web, 2)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetScaled })

    const found = await volume.readTree('after scaling up')
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'empty' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'others-stay' })
    await expect(history).toUphold(pvcDeletedLast({ pod: 'web-2', pvc: 'data-web-2' }), { as: 'pods-first' })
    await expect(history).toUphold(pvcDeletedLast({ pod: 'web-1', pvc: 'data-web-1' }), { as: 'pods-first' })
  },
)

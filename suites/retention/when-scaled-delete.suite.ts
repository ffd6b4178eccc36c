import { expect } from 'vitest'
import {
  conformance,
  keepsItsVolume,
  podsReady,
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
      'With whenScaled Delete, scaling down deletes the PVCs and volumes of the removed Pods. A Pod that returns starts with an empty volume. Other PVCs stay.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning'],
    mutants: ['retention-dropped'],
    proves: { 'statefulset.retention-when-scaled': {}, 'statefulset.never-empty-volume': {} },
    since: '1.27',
    gate: 'StatefulSetAutoDeletePVC',
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete' }
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small, spec: { persistentVolumeClaimRetentionPolicy } })
    const volume = volumeIn('web-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(web))
    const volumes = together(await observe.pvs(), await observe.pvcs())
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })
    await volume.fill()

    await namespace.scale(web, 1)
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-1' }), { within: limits.statefulSetScaled })
    await namespace.scale(web, 2)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetScaled })

    const found = await volume.readTree('after scaling up')
    await expect(history).toUphold(volumeEmpty({ found }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }))
  },
)

import { expect } from 'vitest'
import {
  capacityStays,
  conformance,
  keepsItsVolume,
  podsOrphaned,
  podsOwned,
  podsReady,
  pvcExpanded,
  selectorOf,
  statefulSet,
  statefulSetGone,
  staysTheSamePod,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'statefulset/pvc-template-resized-manually',
    statement:
      'To enlarge the volumes of a StatefulSet, expand each PVC, delete the StatefulSet without its Pods, and recreate it with a larger template. The Pods keep running, and only new PVCs get the new size.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'limitations' },
    requires: ['DynamicProvisioning', 'VolumeExpansion', 'OnlineExpansion'],
    mutants: ['pvcs-enlarged'],
    proves: {
      'statefulset.expand-pvcs-by-hand': { 'one-by-one': ['expanded', 'others-stay'], 'not-by-recreation': 'others-stay' },
      'statefulset.orphan-recreate': {
        'without-pods': ['orphaned', 'same-pods'],
        'without-pvcs': 'same-volumes',
        recreated: ['adopted', 'new-size'],
      },
    },
  },
  async ({ namespace, observe, history, limits, cluster, sizes }) => {
    const web = statefulSet('web', { cluster, replicas: 2, data: sizes.small })
    const larger = statefulSet('web', { cluster, replicas: 3, data: sizes.medium })
    const pods = await observe.pods(selectorOf(web))
    const sets = await observe.statefulSets()
    const pvcs = await observe.pvcs()
    await observe.pvs()
    await namespace.apply(web)
    await until(pods, podsReady({ statefulSet: 'web', replicas: 2 }), { within: limits.statefulSetReady })

    await namespace.expand({ kind: 'PersistentVolumeClaim', name: 'data-web-0' }, sizes.medium)
    await expect(pvcs).toReach(pvcExpanded({ pvc: 'data-web-0', to: sizes.medium }), { within: limits.pvcExpanded, as: 'expanded' })
    await namespace.delete(web, { propagationPolicy: 'Orphan' })
    await expect(pods).toReach(podsOrphaned({ pods: ['web-0', 'web-1'] }), { within: limits.objectDeleted, as: 'orphaned' })
    await until(sets, statefulSetGone({ statefulSet: 'web' }), { within: limits.objectDeleted })
    await namespace.apply(larger)
    await expect(pods).toReach(podsReady({ statefulSet: 'web', replicas: 3 }), { within: limits.statefulSetScaled })

    await expect(together(pods, sets)).toReach(podsOwned({ pods: ['web-0', 'web-1'], statefulSet: 'web' }), {
      within: limits.statefulSetScaled,
      as: 'adopted',
    })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-0', restarts: 'none' }), { as: 'same-pods' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'web-1', restarts: 'none' }), { as: 'same-pods' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-0' }), { as: 'same-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-web-1' }), { as: 'same-volumes' })
    await expect(history).toUphold(capacityStays({ pvc: 'data-web-1', capacity: sizes.small }), { as: 'others-stay' })
    await expect(history).toUphold(capacityStays({ pvc: 'data-web-2', capacity: sizes.medium }), { as: 'new-size' })
  },
)

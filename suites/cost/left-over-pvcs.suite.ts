import { expect } from 'vitest'
import {
  conformance,
  driverFilesGone,
  driverFilesKept,
  measureVolumeFiles,
  pod,
  podsReady,
  podUnschedulable,
  pvc,
  pvcsFound,
  selectorOf,
  statefulSet,
  statefulSetScaled,
  together,
  until,
  volumeReleased,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'cost/left-over-pvcs',
    statement:
      'PVCs that scaling down left over stay Bound to volumes that are there: only what compares them with the Pods finds them. Deleting them by hand gives the storage back where the reclaim policy is Delete. Under Retain it stays until the policy is changed.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/statefulset/', section: 'persistentvolumeclaim-retention' },
    requires: ['DynamicProvisioning', 'DriverCallLog'],
    mutants: ['pvcs-deleted-with-statefulset', 'delete-leaves-data', 'retain-undone'],
    proves: {
      'cost.orphans-by-grep': { 'left-out': ['not-bound', 'all-there'], 'in-use': 'not-bound', 'by-pods': 'by-pods' },
      'cost.orphans-by-jq': { 'volume-there': ['volume-there', 'all-there'], 'by-pods': 'by-pods' },
      'cost.orphan-delete-frees-storage': { freed: ['removed', 'freed'], kept: ['released', 'kept'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const leftOver = ['data-web-1', 'data-web-2', 'data-web-3']
    const web = statefulSet('web', { cluster, replicas: 4, data: sizes.small, podManagement: 'Parallel' })
    const ofSet = await observe.pods(selectorOf(web))
    const pods = await observe.pods()
    const sets = await observe.statefulSets()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(web)
    await namespace.apply(pvc('in-use', { cluster, size: sizes.small, storageClass: namespace.name }))
    await namespace.apply(pod('waiting', { cluster, pvc: 'in-use' }))
    await until(ofSet, podsReady({ statefulSet: 'web', replicas: 4 }), { within: limits.statefulSetReady })
    await until(pods, podUnschedulable({ pod: 'waiting' }), { within: limits.podReady })

    await namespace.scale(web, 1)
    await until(ofSet, podsReady({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    await until(sets, statefulSetScaled({ statefulSet: 'web', replicas: 1 }), { within: limits.statefulSetScaled })
    await expect(history).toUphold(pvcsFound({ search: 'not-bound', pvcs: ['in-use'] }), { as: 'not-bound' })
    await expect(history).toUphold(pvcsFound({ search: 'volume-missing', pvcs: [] }), { as: 'volume-there' })
    await expect(history).toUphold(pvcsFound({ search: 'unreferenced', pvcs: leftOver }), { as: 'by-pods' })
    const files = await measureVolumeFiles('after it was scaled down', fixtures, leftOver)
    await expect(history).toUphold(driverFilesKept(files), { as: 'all-there' })
    const retained = await namespace.pvOf('data-web-3')
    await namespace.patch(retained, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-web-1' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-web-2' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-web-3' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-1' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-2' }), { within: limits.objectDeleted, as: 'removed' })
    await expect(volumes).toReach(volumeReleased({ pvc: 'data-web-3' }), { within: limits.objectDeleted, as: 'released' })

    const deleted = await measureVolumeFiles('after the PVCs were deleted', fixtures, ['data-web-1', 'data-web-2'])
    await expect(history).toUphold(driverFilesGone(deleted), { as: 'freed' })
    const kept = await measureVolumeFiles('under Retain', fixtures, ['data-web-3'])
    await expect(history).toUphold(driverFilesKept(kept), { as: 'kept' })
    await namespace.patch(retained, { spec: { persistentVolumeReclaimPolicy: 'Delete' } })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data-web-3' }), { within: limits.objectDeleted, as: 'removed' })
    const paidNoMore = await measureVolumeFiles('once the policy was Delete', fixtures, ['data-web-3'])
    await expect(history).toUphold(driverFilesGone(paidNoMore), { as: 'freed' })
  },
)

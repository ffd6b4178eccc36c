import { expect } from 'vitest'
import {
  allReady,
  conformance,
  driverFilesGone,
  logHoldsExactly,
  measureVolumeFiles,
  pod,
  podGone,
  pvc,
  staysTheSamePod,
  together,
  until,
  volumeIn,
  volumeRemoved,
  volumeTerminating,
} from '../../harness/index.ts'

conformance(
  {
    id: 'pvcs/in-use-protection',
    statement:
      'A PVC and a PersistentVolume that are deleted while a Pod uses them stay Terminating, and the Pod keeps writing. After the last Pod is gone, both are removed together with the storage.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'storage-object-in-use-protection' },
    requires: ['DynamicProvisioning'],
    mutants: ['pvcs-unprotected', 'delete-leaves-data'],
    proves: {
      'pvc.in-use-protection': {
        marked: 'marked',
        stays: ['stays-marked', 'same-pod', 'written'],
        'last-pod': 'stays-marked',
        'then-gone': 'removed',
      },
      'reclaim.pv-deleted-first': { 'pv-first': ['removed', 'files-gone'] },
    },
    since: '1.31',
    gate: 'HonorPVReclaimPolicy',
  },
  async ({ namespace, observe, history, limits, cluster, measure, mark, sizes }) => {
    const volume = volumeIn('holder', { namespace, measure })
    const pods = await observe.pods()
    const volumes = together(await observe.pvcs(), await observe.pvs())
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('holder', { cluster, pvc: 'data' }))
    await namespace.apply(pod('first-to-go', { cluster, pvc: 'data', beside: 'holder' }))
    await until(pods, allReady({ pods: ['holder', 'first-to-go'] }), { within: limits.podReady })

    await namespace.delete(await namespace.pvOf('data'))
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    const deleted = mark('both deleted')
    await namespace.delete({ kind: 'Pod', name: 'first-to-go' })
    await until(pods, podGone({ pod: 'first-to-go' }), { within: limits.podDeleted })
    const oneLeft = mark('one of two Pods deleted, too')
    const marked = volumeTerminating({ pvc: 'data' })
    await expect(volumes).toStay(marked, { for: limits.staysUnchanged, after: deleted, as: 'marked' })
    await expect(volumes).toStay(marked, { for: limits.staysUnchanged, after: oneLeft, as: 'stays-marked' })
    const acknowledged = await volume.appendRecords('after the deletion')
    const found = await volume.readRecords('after the deletion')
    await expect(history).toUphold(logHoldsExactly({ acknowledged, found }), { as: 'written' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'holder', restarts: 'none' }), { as: 'same-pod' })

    await namespace.delete({ kind: 'Pod', name: 'holder' })
    await expect(volumes).toReach(volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted, as: 'removed' })
    const left = await measureVolumeFiles('once the Pod was gone', { cluster, history, namespace, measure }, ['data'])
    await expect(history).toUphold(driverFilesGone(left), { as: 'files-gone' })
  },
)

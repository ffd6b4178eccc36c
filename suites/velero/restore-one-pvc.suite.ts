import { expect } from 'vitest'
import {
  allReady,
  objectsRestored,
  conformance,
  keepsItsVolume,
  logHoldsExactly,
  pod,
  podReady,
  pvc,
  restoreReached,
  roundTrip,
  staysTheSamePod,
  together,
  treesEqual,
  until,
  volumeIn,
  volumeRemoved,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/restore-one-pvc',
    statement:
      'A Restore can select one PVC of a namespace Backup by kind and label, and restores it with its data. Other lost PVCs stay lost, and PVCs in use are not changed.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/resource-filtering/', section: '--selector' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['restore-selector-dropped', 'restore-empty', 'restore-drops-file'],
    proves: { 'velero.namespace-backup-restore': { 'csi-snapshots': 'same-data' } },
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const [labels, inUse] = [{ restore: 'this' }, volumeIn('other', fixtures)]
    const [pods, pvcs, pvs] = [await observe.pods(), await observe.pvcs(), await observe.pvs()]
    const restores = await observe.restores()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, labels }))
    await namespace.apply(pvc('lost', { cluster, size: sizes.small }))
    await namespace.apply(pvc('in-use', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await namespace.apply(pod('other', { cluster, pvc: 'in-use' }))
    await until(pods, allReady({ pods: ['keeper', 'other'] }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })
    const early = await inUse.appendRecords('before the backup')
    const backupName = await trip.backUp()
    const late = await inUse.appendRecords('after the backup')
    await namespace.delete(pod('keeper', { cluster, pvc: 'data' }))
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data' })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'lost' })
    await until(together(pvcs, pvs), volumeRemoved({ pvc: 'data' }), { within: limits.objectDeleted })
    await until(together(pvcs, pvs), volumeRemoved({ pvc: 'lost' }), { within: limits.objectDeleted })

    const only = { includedResources: ['persistentvolumeclaims'], labelSelector: { matchLabels: labels } }
    const restore = await velero.restore('one', { backupName, ...only })
    await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded })
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await expect(pods).toReach(podReady({ pod: 'keeper' }), { within: limits.podReady })

    const [{ trees, logs }, found] = [await trip.compare(), await inUse.readRecords('after the restore')]
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(history).toUphold(
      objectsRestored({
        back: [{ kind: 'PersistentVolumeClaim', name: 'data' }],
        leftOut: [{ kind: 'PersistentVolumeClaim', name: 'lost' }],
      }),
    )
    await expect(history).toUphold(logHoldsExactly({ acknowledged: [early, late], found }))
    await expect(history).toUphold(keepsItsVolume({ pvc: 'in-use' }))
    await expect(history).toUphold(staysTheSamePod({ pod: 'other', restarts: 'none' }))
  },
)

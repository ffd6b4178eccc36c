import { expect } from 'vitest'
import {
  allReady,
  configMap,
  conformance,
  noSnapshotTaken,
  pod,
  podReady,
  podWarned,
  pvc,
  restoredAsNewObjects,
  restoredOnOldHandle,
  roundTrip,
  skipByLabel,
  treesEqual,
  until,
  volumeEmpty,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/volume-policy-skips-volumes',
    statement:
      'A Backup does not back up the data of volumes that a volume policy skips. With reclaim policy Delete, their PVC is restored on a new, empty volume. With Retain, it is restored on the former handle, even if the storage behind it is gone.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/resource-filtering/', section: 'supported-volumepolicy-actions' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'VolumeAttachments', 'Velero', 'VeleroCSI', 'ObjectStore'],
    mutants: ['volume-policies-dropped'],
    proves: {
      'velero.volume-policies': {
        skipped: ['not-backed-up', 'empty'],
        others: 'same-data',
        'new-volume': ['anew', 'starts', 'empty'],
        'old-handle': ['not-backed-up', 'old-handle', 'never-starts'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const skipped = { data: 'not-needed' }
    const volume = (name: string) => volumeIn(name, fixtures)
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const [pods, events] = [await observe.pods(), await observe.podEvents()]
    await velero.apply(configMap('policies', { data: skipByLabel(skipped) }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pvc('scratch', { cluster, size: sizes.small, labels: skipped }))
    await namespace.apply(pvc('archive', { cluster, size: sizes.small, labels: skipped }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await namespace.apply(pod('scratch', { cluster, pvc: 'scratch' }))
    await namespace.apply(pod('archive', { cluster, pvc: 'archive' }))
    await until(pods, allReady({ pods: ['keeper', 'scratch', 'archive'] }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })
    await volume('scratch').fill()
    const archive = await namespace.pvOf('archive')
    await namespace.patch(archive, { spec: { persistentVolumeReclaimPolicy: 'Retain' } })

    const backup = await trip.backUp({ resourcePolicy: { kind: 'configmap', name: velero.nameOf('policies') } })
    // Its storage is to be lost with its PersistentVolume.
    await namespace.patch(archive, { spec: { persistentVolumeReclaimPolicy: 'Delete' } })
    await trip.destroy()
    await trip.restore()
    await expect(pods).toReach(podReady({ pod: 'scratch' }), { within: limits.podReady, as: 'starts' })
    await expect(events).toReach(podWarned({ pod: 'archive', by: 'attachdetach' }), { within: limits.podReady, as: 'never-starts' })

    const { trees } = await trip.compare()
    const found = await volume('scratch').readTree('after the restore')
    await expect(history).toUphold(noSnapshotTaken({ backup, pvc: 'scratch' }), { as: 'not-backed-up' })
    await expect(history).toUphold(noSnapshotTaken({ backup, pvc: 'archive' }), { as: 'not-backed-up' })
    await expect(history).toUphold(restoredAsNewObjects({ pods: ['keeper', 'scratch'], pvcs: ['data', 'scratch'] }), { as: 'anew' })
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'empty' })
    await expect(history).toUphold(restoredOnOldHandle({ pvc: 'archive' }), { as: 'old-handle' })
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
  },
)

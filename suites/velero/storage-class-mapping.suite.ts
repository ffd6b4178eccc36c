import { expect } from 'vitest'
import {
  pvcHasClass,
  configMap,
  conformance,
  forgottenByKopia,
  logHoldsExactly,
  pod,
  podReady,
  pvc,
  roundTrip,
  treesEqual,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/storage-class-mapping',
    statement:
      'A ConfigMap of Velero can map one StorageClass to another for restored PVCs. Moved data is restored into a volume of the new class.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/restore-reference/', section: 'changing-pvpvc-storage-classes' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'NodeAgent', 'ObjectStore', 'DriverFaults'],
    mutants: ['binding-mode-ignored'],
    proves: { 'velero.storage-class-mapping': { changed: ['before', 'after'], data: 'same-data' } },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const { waitForFirstConsumer: from = '', ext4: to = '' } = cluster.storageClasses
    const copy = additionalNamespace('copy')
    const labels = { 'velero.io/plugin-config': '', 'velero.io/change-storage-class': 'RestoreItemAction' }
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data', into: 'copy', forgets: forgottenByKopia })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small, storageClass: from }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    await trip.backUp({ snapshotMoveData: true })
    await velero.apply(configMap('classes', { labels, data: { [from]: to } }))
    await trip.restore()
    await velero.delete({ kind: 'ConfigMap', name: velero.nameOf('classes') })

    const { trees, logs } = await trip.compare()
    await expect(history).toUphold(pvcHasClass({ pvc: 'data', storageClass: from }), { as: 'before' })
    await expect(history).toUphold(pvcHasClass({ pvc: copy.nameOf('data'), storageClass: to }), { as: 'after' })
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
  },
)

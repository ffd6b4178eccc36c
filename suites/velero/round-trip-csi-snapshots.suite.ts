import { expect } from 'vitest'
import {
  configMap,
  configMapSays,
  conformance,
  headlessService,
  logHoldsExactly,
  objectsRestored,
  pod,
  podReady,
  pvc,
  restoredAsNewObjects,
  roundTrip,
  treesEqual,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/round-trip-csi-snapshots',
    statement:
      'A destroyed namespace is restored from CSI snapshots into new objects and volumes. Every file is as it was at the Backup, and every acknowledged write is there.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi/', section: 'how-it-works---overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: [
      'restore-empty',
      'restore-drops-file',
      'snapshot-fails',
      'stored-object-deleted',
      'stored-byte-flipped',
      'location-wrong-credentials',
      'store-goes-down',
    ],
    proves: { 'velero.namespace-backup-restore': { objects: ['anew', 'all-kinds'], 'csi-snapshots': 'same-data' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const pods = await observe.pods()
    await observe.configMaps()
    await observe.services()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    await namespace.apply(headlessService('web', { port: 80 }))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 1000, bytes: '16Mi' })

    await trip.backUp()
    await trip.destroy()
    await trip.restore()

    const { trees, logs, anew } = await trip.compare()
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-data' })
    await expect(history).toUphold(restoredAsNewObjects(anew), { as: 'anew' })
    const back = [
      { kind: 'ConfigMap', name: 'settings' },
      { kind: 'Service', name: 'web' },
    ]
    await expect(history).toUphold(objectsRestored({ back, leftOut: [] }), { as: 'all-kinds' })
    await expect(history).toUphold(configMapSays({ configMap: 'settings', key: 'colour', value: 'blue' }), { as: 'all-kinds' })
  },
)

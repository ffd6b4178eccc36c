import { expect } from 'vitest'
import {
  configMap,
  configMapSays,
  conformance,
  overwrite,
  pod,
  podReady,
  pvc,
  restoreReached,
  roundTrip,
  staysTheSamePod,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/existing-resource-policy-update',
    statement:
      'A Restore with existingResourcePolicy update reverts existing objects to the Backup. It does not change the data in existing volumes.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/restore-reference/', section: 'restore-existing-resource-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['restore-spares-existing'],
    proves: { 'velero.restore-skips-existing': { 'update-spares-data': ['reverted', 'data'] } },
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const tree = volumeIn('keeper', fixtures, '/data/tree')
    const settings = configMap('settings', { data: { colour: 'blue' } })
    const [pods, restores] = [await observe.pods(), await observe.restores()]
    await observe.configMaps()
    await namespace.apply(settings)
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })
    const backupName = await trip.backUp()
    await namespace.patch(settings, { data: { colour: 'red' } })
    await namespace.exec('keeper', overwrite('/data/tree'))
    const damaged = await tree.readTree('damaged')

    const over = await velero.restore('over', { backupName, existingResourcePolicy: 'update' })
    await expect(restores).toReach(restoreReached({ restore: over, phase: 'Completed' }), { within: limits.restoreEnded })

    const after = await tree.readTree('damaged, after a restore over it')
    await expect(history).toUphold(configMapSays({ configMap: 'settings', key: 'colour', value: 'blue' }), { as: 'reverted' })
    await expect(history).toUphold(treesEqual({ expected: damaged, actual: after }), { as: 'data' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'keeper', restarts: 'none' }), { as: 'data' })
  },
)

import { expect } from 'vitest'
import {
  objectsRestored,
  configMap,
  configMapSays,
  conformance,
  logHoldsExactly,
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
    id: 'velero/restore-skips-existing',
    statement:
      'A Restore does not change existing objects or the data in their volumes, even if it is damaged. Objects that are deleted before a Restore come back as they were.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/restore-reference/', section: 'restore-existing-resource-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['restore-updates-existing', 'restore-drops-file'],
    proves: { 'velero.restore-skips-existing': { objects: ['objects', 'back'], data: ['data', 'back'] } },
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

    const over = await velero.restore('over', { backupName })
    await expect(restores).toReach(restoreReached({ restore: over, phase: 'Completed' }), { within: limits.restoreEnded })
    const untouched = await tree.readTree('damaged, after a restore over it')
    await expect(history).toUphold(treesEqual({ expected: damaged, actual: untouched }), { as: 'data' })
    await expect(history).toUphold(configMapSays({ configMap: 'settings', key: 'colour', value: 'red' }), { as: 'objects' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'keeper', restarts: 'none' }), { as: 'objects' })
    await trip.destroy()
    await trip.restore()

    const { trees, logs } = await trip.compare()
    await expect(history).toUphold(treesEqual(trees), { as: 'back' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'back' })
    await expect(history).toUphold(configMapSays({ configMap: 'settings', key: 'colour', value: 'blue' }), { as: 'back' })
    await expect(history).toUphold(objectsRestored({ back: [{ kind: 'PersistentVolumeClaim', name: 'data' }], leftOut: [] }), {
      as: 'back',
    })
  },
)

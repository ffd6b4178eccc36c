import { expect } from 'vitest'
import {
  backupReached,
  backupRefused,
  backupStorageLocation,
  backupStored,
  bucketOf,
  configMap,
  conformance,
  locationReached,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/locations-must-exist',
    statement:
      'A Backup with a missing or unavailable storage location, or a missing snapshot location, ends FailedValidation with the reason. After the location is available, the same request completes, and the Backup is stored there.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/backup/', section: 'definition' },
    requires: ['Velero', 'ObjectStore'],
    mutants: ['location-defaulted'],
    proves: {
      'velero.locations-must-exist': { storage: ['completed', 'stored'], missing: 'missing', unavailable: ['unavailable', 'completed'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster } = fixtures
    const bucket = bucketOf(fixtures)
    const [backups, locations] = [await observe.backups(), await observe.backupStorageLocations()]
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    await velero.apply(backupStorageLocation('own', { of: cluster, bucket: bucket.name }))
    const location = velero.nameOf('own')
    await until(locations, locationReached({ location, phase: 'Unavailable' }), { within: limits.locationValidated })

    const nowhere = await velero.backup('nowhere', { storageLocation: velero.nameOf('nowhere') })
    const unsnapped = await velero.backup('unsnapped', { volumeSnapshotLocations: [velero.nameOf('nowhere')] })
    const early = await velero.backup('early', { storageLocation: location })
    await expect(backups).toReach(backupReached({ backup: nowhere, phase: 'FailedValidation' }), {
      within: limits.backupEnded,
      as: 'missing',
    })
    await expect(backups).toReach(backupReached({ backup: unsnapped, phase: 'FailedValidation' }), {
      within: limits.backupEnded,
      as: 'missing',
    })
    await expect(backups).toReach(backupReached({ backup: early, phase: 'FailedValidation' }), {
      within: limits.backupEnded,
      as: 'unavailable',
    })
    bucket.make()
    await until(locations, locationReached({ location, phase: 'Available' }), { within: limits.locationValidated })
    const inTime = await velero.backup('in-time', { storageLocation: location })
    await expect(backups).toReach(backupReached({ backup: inTime, phase: 'Completed' }), { within: limits.backupEnded, as: 'completed' })
    const stored = bucket.read('in the end')

    await expect(history).toUphold(backupRefused({ backup: nowhere }), { as: 'missing' })
    await expect(history).toUphold(backupRefused({ backup: unsnapped }), { as: 'missing' })
    await expect(history).toUphold(backupRefused({ backup: early }), { as: 'unavailable' })
    await expect(history).toUphold(backupStored({ stored, backup: inTime }), { as: 'stored' })
  },
)

import { expect } from 'vitest'
import {
  backupReached,
  backupRefused,
  backupRemoved,
  backupStorageLocation,
  bucketOf,
  objectsRestored,
  onlyBackupsStored,
  configMap,
  conformance,
  deletionRefused,
  locationReached,
  restoreReached,
  restoreRemoved,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/read-only-location',
    statement:
      'A ReadOnly storage location refuses new Backups and deletions, but its Backups can be restored. After it is ReadWrite again, its Backups can be deleted.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/disaster-case/', section: '' },
    requires: ['Velero', 'ObjectStore'],
    mutants: ['read-only-lifted'],
    proves: {
      'velero.readonly-location': {
        'no-backups': ['no-backups', 'only-kept'],
        'no-deletions': ['no-deletions', 'only-kept', 'deleted-later'],
        restored: 'restored',
      },
    },
  },
  async (fixtures) => {
    const { namespace, additionalNamespace, observe, velero, history, limits, cluster } = fixtures
    const [bucket, copy] = [bucketOf(fixtures), additionalNamespace('copy')]
    const [backups, restores] = [await observe.backups(), await observe.restores()]
    const [requests, locations] = [await observe.deleteBackupRequests(), await observe.backupStorageLocations()]
    await observe.configMaps()
    await copy.observe.configMaps()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    bucket.make()
    const location = velero.nameOf('own')
    const own = { kind: 'BackupStorageLocation', name: location }
    await velero.apply(backupStorageLocation('own', { of: cluster, bucket: bucket.name }))
    await until(locations, locationReached({ location, phase: 'Available' }), { within: limits.locationValidated })
    const kept = await velero.backup('kept', { storageLocation: location })
    await until(backups, backupReached({ backup: kept, phase: 'Completed' }), { within: limits.backupEnded })

    await velero.patch(own, { spec: { accessMode: 'ReadOnly' } })
    const refused = await velero.backup('refused', { storageLocation: location })
    await expect(backups).toReach(backupReached({ backup: refused, phase: 'FailedValidation' }), {
      within: limits.backupEnded,
      as: 'no-backups',
    })
    await velero.deleteBackup(kept, 'delete-early')
    await expect(requests).toReach(deletionRefused({ backup: kept }), { within: limits.deletionAnswered, as: 'no-deletions' })
    const namespaceMapping = { [namespace.name]: copy.namespace.name }
    const restore = await velero.restore('back', { backupName: kept, namespaceMapping })
    await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded, as: 'restored' })
    const stored = bucket.read('while ReadOnly')
    await expect(history).toUphold(onlyBackupsStored({ stored, backups: [kept] }), { as: 'only-kept' })
    await velero.patch(own, { spec: { accessMode: 'ReadWrite' } })
    // Velero waits a minute at most until the Restores of a Backup are gone, and asks once only whether its location is ReadOnly.
    await velero.delete({ kind: 'Restore', name: restore })
    await until(restores, restoreRemoved({ restore }), { within: limits.deletionAnswered })
    await velero.deleteBackup(kept, 'delete-again')
    await expect(backups).toReach(backupRemoved({ backup: kept }), { within: limits.deletionAnswered, as: 'deleted-later' })

    await expect(history).toUphold(backupRefused({ backup: refused }), { as: 'no-backups' })
    await expect(history).toUphold(objectsRestored({ back: [{ kind: 'ConfigMap', name: copy.nameOf('settings') }], leftOut: [] }), {
      as: 'restored',
    })
  },
)

import { expect } from 'vitest'
import {
  backupExpired,
  conformance,
  driverFilesGone,
  keptForItsTtl,
  measureSnapshotFiles,
  measureStored,
  pod,
  podReady,
  pvc,
  roundTrip,
  snapshotsOfBackupGone,
  storedGone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/expired-backup-removed',
    statement:
      'After its TTL and not before, a Backup is removed with its files in the object store, its VolumeSnapshotContents and its snapshots in the storage system.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/how-velero-works/', section: 'set-a-backup-to-expire' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'ObjectStore'],
    mutants: ['backup-kept-longer', 'snapshot-delete-leaves-data'],
    proves: { 'velero.ttl-expiry': { kept: 'kept', removed: 'removed', files: 'files', snapshots: 'snapshots' } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const [pods, backups] = [await observe.pods(), await observe.backups()]
    const contents = await observe.volumeSnapshotContents()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    const backup = await trip.backUp({ ttl: '60s' })
    measureStored(fixtures, 'kept')
    await expect(backups).toReach(backupExpired({ backup, ttl: 60 }), { within: limits.backupExpired, as: 'removed' })
    await expect(contents).toReach(snapshotsOfBackupGone({ backup }), { within: limits.objectDeleted, as: 'snapshots' })

    measureStored(fixtures, 'expired')
    await measureSnapshotFiles(fixtures, 'expired')
    await expect(history).toUphold(keptForItsTtl({ backup, ttl: 60 }), { as: 'kept' })
    await expect(history).toUphold(storedGone({ before: 'kept', after: 'expired' }), { as: 'files' })
    await expect(history).toUphold(driverFilesGone({ namespace: namespace.name, label: 'expired' }), { as: 'snapshots' })
  },
)

import { expect } from 'vitest'
import {
  backupReached,
  backupRemoved,
  conformance,
  driverFilesGone,
  driverFilesKept,
  eachSnapshotted,
  measureSnapshotFiles,
  measureStored,
  podReady,
  podWithPvcs,
  pvc,
  snapshotOfBackupReady,
  snapshotsOfBackupGone,
  snapshotsOfBackupLeft,
  storedGone,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-deletion',
    statement:
      'A DeleteBackupRequest removes a Backup with its files in the object store and each of its CSI snapshots. If Velero was killed during a Backup, its deletion leaves the VolumeSnapshots that were taken.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/csi/', section: 'how-it-works---overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'ObjectStore', 'DriverCallLog', 'ComponentControl'],
    mutants: ['snapshot-delete-leaves-data'],
    proves: {
      'velero.backup-deletion': {
        removed: 'removed',
        files: ['removed', 'files'],
        snapshots: ['all-taken', 'kept', 'removed', 'no-snapshot'],
        interrupted: ['removed-too', 'left'],
      },
    },
    pace: 'slow',
    disruptive: true,
  },
  async (fixtures) => {
    const { namespace, observe, velero, components, history, limits, cluster, mark, sizes } = fixtures
    const pvcs = ['one', 'two', 'three', 'four']
    const [pods, backups, snapshots] = [await observe.pods(), await observe.backups(), await observe.volumeSnapshots()]
    const contents = await observe.volumeSnapshotContents()
    await observe.pvs()
    await Promise.all(pvcs.map(async (name) => namespace.apply(pvc(name, { cluster, size: sizes.small }))))
    await namespace.apply(podWithPvcs('keeper', { cluster, pvcs }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })

    const whole = await velero.backup('whole')
    await until(backups, backupReached({ backup: whole, phase: 'Completed' }), { within: limits.backupEnded })
    measureStored(fixtures, 'kept')
    const kept = await measureSnapshotFiles(fixtures, 'kept')
    await velero.deleteBackup(whole)
    await expect(backups).toReach(backupRemoved({ backup: whole }), { within: limits.deletionAnswered, as: 'removed' })
    await expect(contents).toReach(snapshotsOfBackupGone({ backup: whole }), { within: limits.objectDeleted, as: 'no-snapshot' })
    const gone = await measureSnapshotFiles(fixtures, 'after the deletion')
    measureStored(fixtures, 'after the deletion')
    const interrupted = await velero.backup('interrupted')
    await until(snapshots, snapshotOfBackupReady({ backup: interrupted }), { within: limits.backupEnded })
    await components.crashVelero()
    await until(backups, backupReached({ backup: interrupted, phase: 'Failed' }), { within: limits.backupEnded })
    await velero.deleteBackup(interrupted)
    await expect(backups).toReach(backupRemoved({ backup: interrupted }), { within: limits.deletionAnswered, as: 'removed-too' })
    const deleted = mark('the interrupted one is deleted')

    await expect(history).toUphold(eachSnapshotted({ backup: whole, pvcs }), { as: 'all-taken' })
    await expect(history).toUphold(driverFilesKept(kept), { as: 'kept' })
    await expect(history).toUphold(driverFilesGone(gone), { as: 'no-snapshot' })
    await expect(history).toUphold(storedGone({ before: 'kept', after: 'after the deletion' }), { as: 'files' })
    await expect(snapshots).toStay(snapshotsOfBackupLeft({ backup: interrupted }), {
      for: limits.staysUnchanged,
      after: deleted,
      as: 'left',
    })
  },
)

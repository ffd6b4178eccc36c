import { expect } from 'vitest'
import { conformance, pod, podReady, pvc, restoredAsNewObjects, roundTrip, until, volumeEmpty, volumeIn } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/backup-without-volume-data',
    statement:
      'A Backup without snapshots and without file system backup restores objects only. Backup and Restore are Completed, and the Pods start with empty volumes.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/file-system-backup/', section: '' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero'],
    mutants: ['snapshots-forced'],
    proves: { 'velero.namespace-backup-restore': { 'objects-only': ['anew', 'empty'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'keeper', pvc: 'data' })
    const pods = await observe.pods()
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(pod('keeper', { cluster, pvc: 'data' }))
    await until(pods, podReady({ pod: 'keeper' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })

    await trip.backUp({ snapshotVolumes: false, defaultVolumesToFsBackup: false })
    await trip.destroy()
    await trip.restore()

    const { anew } = await trip.compare()
    const found = await volumeIn('keeper', fixtures).readTree('all of the volume after the restore')
    await expect(history).toUphold(restoredAsNewObjects(anew), { as: 'anew' })
    await expect(history).toUphold(volumeEmpty({ found }), { as: 'empty' })
  },
)

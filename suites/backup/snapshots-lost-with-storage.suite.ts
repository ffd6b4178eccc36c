import { expect } from 'vitest'
import {
  conformance,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  podGone,
  podNotStarted,
  podPresent,
  postgresFromSnapshot,
  restoreFromBucket,
  runningPostgres,
  runningShop,
  shopIn,
  strictDump,
  until,
  volumeDetached,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/snapshots-lost-with-storage',
    statement:
      'VolumeSnapshots are lost with the storage that holds them. Neither the volume nor a restored volume can be used, though readyToUse stays true. A dump stored elsewhere restores the database.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore', 'DriverCallLog'],
    mutants: ['uploads-swallowed'],
    proves: {
      'backup.layers-cover-different-faults': { storage: ['volume-lost', 'snapshot-lost', 'from-dump'] },
      'snapshot.protects-against-storage-failure': {
        together: ['volume-lost', 'snapshot-lost'],
        'still-ready': ['snapshot-lost', 'ready'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const attachments = await observe.volumeAttachments()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.podEvents()
    await observe.pvcs()
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    const before = await shopIn('db-0', fixtures).read('before the loss')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-db-0' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(job('dump', strictDump(place.of('shop'))))
    await until(jobs, jobComplete({ job: 'dump' }), { within: limits.jobEnded })

    await namespace.scale({ metadata: { name: 'db' } }, 0)
    await until(pods, podGone({ pod: 'db-0' }), { within: limits.podDeleted })
    await until(attachments, volumeDetached({ pvc: 'data-db-0' }), { within: limits.attachmentAnswered })
    await namespace.loseStorage('data-db-0', cluster)
    await namespace.scale({ metadata: { name: 'db' } }, 1)
    await postgresFromSnapshot('from-snapshot', { snapshot: 'moment', secret: 'db', fixtures })
    await until(pods, podPresent({ pod: 'db-0' }), { within: limits.podReady })
    await until(pods, podPresent({ pod: 'from-snapshot' }), { within: limits.podReady })
    const asked = mark('both Pods asked for')
    await runningPostgres('fresh', { fixtures, pods })
    await namespace.apply(job('restore', restoreFromBucket({ ...place.of('shop'), server: 'fresh' })))
    await expect(jobs).toReach(jobComplete({ job: 'restore' }), { within: limits.jobEnded })

    const fromDump = await shopIn('fresh-0', fixtures).read('from the dump')
    await expect(pods).toStay(podNotStarted({ pod: 'db-0' }), { for: limits.staysUnchanged, after: asked, as: 'volume-lost' })
    await expect(pods).toStay(podNotStarted({ pod: 'from-snapshot' }), { for: limits.staysUnchanged, after: asked, as: 'snapshot-lost' })
    const stillReady = volumeSnapshotReady({ volumeSnapshot: 'moment' })
    await expect(volumeSnapshots).toStay(stillReady, { for: limits.staysUnchanged, after: asked, as: 'ready' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromDump }), { as: 'from-dump' })
  },
)

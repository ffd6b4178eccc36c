import { expect } from 'vitest'
import {
  allStarted,
  conformance,
  databaseLost,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  keepsItsVolume,
  podReplaced,
  postgresFromSnapshot,
  postgresIn,
  restoreFromBucket,
  runningShop,
  shopIn,
  strictDump,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/dropped-database-needs-snapshot-or-dump',
    statement:
      'A dropped database is gone from its volume, and the next Pod does not have it either. An earlier VolumeSnapshot and an earlier dump each restore it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['snapshot-lazy', 'restore-current-source', 'uploads-swallowed'],
    proves: {
      'backup.pv-is-not-backup': { gone: 'gone', restored: ['from-snapshot', 'from-dump'] },
      'backup.layers-cover-different-faults': { mistake: ['gone', 'from-snapshot', 'from-dump'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const shop = shopIn('db-0', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await observe.pvs()
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    const before = await shop.read('before the mistake')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-db-0' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(job('dump', strictDump(place.of('shop'))))
    await until(jobs, jobComplete({ job: 'dump' }), { within: limits.jobEnded })

    await postgresIn('db-0', fixtures).run('drop database shop')
    await namespace.delete({ kind: 'Pod', name: 'db-0' })
    await until(pods, podReplaced({ pod: 'db-0' }), { within: limits.podReady })
    const persisted = await shop.read('in the next Pod')
    await postgresFromSnapshot('from-snapshot', { snapshot: 'moment', secret: 'db', fixtures })
    await expect(pods).toReach(allStarted({ pods: ['from-snapshot'] }), { within: limits.podReady })
    const fromSnapshot = await shopIn('from-snapshot', fixtures).read('from the snapshot')
    await namespace.apply(job('restore', restoreFromBucket(place.of('shop'))))
    await expect(jobs).toReach(jobComplete({ job: 'restore' }), { within: limits.jobEnded })

    const fromDump = await shop.read('from the dump')
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-db-0' }), { as: 'gone' })
    await expect(history).toUphold(databaseLost({ expected: before, actual: persisted }), { as: 'gone' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromSnapshot }), { as: 'from-snapshot' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromDump }), { as: 'from-dump' })
  },
)

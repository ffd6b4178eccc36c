import { expect } from 'vitest'
import {
  allStarted,
  conformance,
  databaseLost,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  podGone,
  postgresFromSnapshot,
  restoreFromBucket,
  runningShop,
  shopIn,
  strictDump,
  together,
  until,
  volumeRemoved,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/deleted-pvc-needs-snapshot-or-dump',
    statement:
      'Deleting a PVC with reclaim policy Delete deletes its data: the next Pod has no database. An earlier VolumeSnapshot and an earlier dump each restore it.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'delete' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['restore-empty', 'uploads-swallowed'],
    proves: { 'backup.layers-cover-different-faults': { pvc: ['gone', 'from-snapshot', 'from-dump'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const shop = shopIn('db-0', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    const before = await shop.read('before the deletion')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-db-0' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(job('dump', strictDump(place.of('shop'))))
    await until(jobs, jobComplete({ job: 'dump' }), { within: limits.jobEnded })

    await namespace.scale({ metadata: { name: 'db' } }, 0)
    await until(pods, podGone({ pod: 'db-0' }), { within: limits.podDeleted })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-db-0' })
    await until(pvcs, volumeRemoved({ pvc: 'data-db-0' }), { within: limits.objectDeleted })
    await namespace.scale({ metadata: { name: 'db' } }, 1)
    await expect(pods).toReach(allStarted({ pods: ['db-0'] }), { within: limits.podReady })
    const persisted = await shop.read('in the next Pod')
    await postgresFromSnapshot('from-snapshot', { snapshot: 'moment', secret: 'db', fixtures })
    await expect(pods).toReach(allStarted({ pods: ['from-snapshot'] }), { within: limits.podReady })
    const fromSnapshot = await shopIn('from-snapshot', fixtures).read('from the snapshot')
    await namespace.apply(job('restore', restoreFromBucket(place.of('shop'))))
    await expect(jobs).toReach(jobComplete({ job: 'restore' }), { within: limits.jobEnded })

    const fromDump = await shop.read('from the dump')
    await expect(history).toUphold(databaseLost({ expected: before, actual: persisted }), { as: 'gone' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromSnapshot }), { as: 'from-snapshot' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromDump }), { as: 'from-dump' })
  },
)

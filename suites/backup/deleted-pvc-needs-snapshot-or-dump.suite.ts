import { expect } from 'vitest'
import {
  allStarted,
  backupReached,
  configMap,
  conformance,
  databaseLost,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  objectsRestored,
  podGone,
  postgresFromSnapshot,
  restoreFromBucket,
  restoreReached,
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
      'Deleting a PVC with reclaim policy Delete deletes its data: the next Pod has no database. An earlier VolumeSnapshot and an earlier dump each restore it, but no deleted object: that takes a Backup of Velero.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'delete' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'Velero', 'ObjectStore'],
    mutants: ['restore-empty', 'uploads-swallowed', 'stored-object-deleted'],
    proves: {
      'backup.layers-cover-different-faults': {
        pvc: ['gone', 'from-snapshot', 'from-dump'],
        'not-by-dumps': ['from-dump', 'objects-stay-lost', 'objects-back'],
      },
      'backup.etcd-cluster-state': { 'vice-versa': ['from-snapshot', 'from-dump', 'objects-stay-lost'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, velero, history, limits, cluster } = fixtures
    const lost = { kind: 'ConfigMap', name: 'settings' }
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const shop = shopIn('db-0', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    const [backups, restores] = [await observe.backups(), await observe.restores()]
    await observe.configMaps()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    const before = await shop.read('before the deletion')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-db-0' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    await namespace.apply(job('dump', strictDump(place.of('shop'))))
    await until(jobs, jobComplete({ job: 'dump' }), { within: limits.jobEnded })
    const backupName = await velero.backup('objects', { includedResources: ['configmaps'] })
    await until(backups, backupReached({ backup: backupName, phase: 'Completed' }), { within: limits.backupEnded })

    await namespace.delete(lost)
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
    await expect(history).toUphold(objectsRestored({ back: [], leftOut: [lost] }), { as: 'objects-stay-lost' })
    const restore = await velero.restore('objects', { backupName })
    await expect(restores).toReach(restoreReached({ restore, phase: 'Completed' }), { within: limits.restoreEnded, as: 'objects-back' })
    await expect(history).toUphold(objectsRestored({ back: [lost], leftOut: [] }), { as: 'objects-back' })
    await expect(history).toUphold(databaseLost({ expected: before, actual: persisted }), { as: 'gone' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromSnapshot }), { as: 'from-snapshot' })
    await expect(history).toUphold(databasesEqual({ expected: before, actual: fromDump }), { as: 'from-dump' })
  },
)

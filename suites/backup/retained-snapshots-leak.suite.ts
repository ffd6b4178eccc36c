import { expect } from 'vitest'
import {
  allStarted,
  conformance,
  contentsLeft,
  databasesEqual,
  foundSnapshot,
  job,
  jobComplete,
  leakedHandle,
  newestSnapshots,
  postgresFromSnapshot,
  rotateSnapshots,
  runningShop,
  shopIn,
  snapshotAccess,
  snapshotClass,
  snapshotClassName,
  until,
  volumeSnapshotsLeft,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/retained-snapshots-leak',
    statement:
      'With deletionPolicy Retain, deleting a VolumeSnapshot keeps its VolumeSnapshotContent and the snapshot in the storage system. A database can still be restored from it.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshot-classes/', section: 'deletion-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'PostgreSQL', 'BackupTools'],
    mutants: ['snapshot-class-ignored'],
    proves: {
      'snapshot.cleanup-with-retain-leaks': { objects: 'rotated', contents: ['rotated', 'contents-pile-up'], backend: ['found', 'same'] },
      'snapshot.class-deletion-retain': { content: ['rotated', 'contents-pile-up'], backend: ['found', 'same'] },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const [account, role, binding] = snapshotAccess()
    const retaining = snapshotClass(snapshotClassName(namespace.name, 'retaining'), { cluster, deletionPolicy: 'Retain' })
    const rotation = rotateSnapshots({ cluster, pvc: 'data-db-0', snapshotClass: retaining.metadata.name, keep: 1 })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    const contents = await observe.volumeSnapshotContents()
    await observe.pvcs()
    await runningShop('db', { fixtures, pods })
    const before = await shopIn('db-0', fixtures).read('before')
    await namespace.apply(account)
    await namespace.apply(role)
    await namespace.apply(binding)
    await namespace.apply(retaining)

    await namespace.apply(job('first', rotation))
    await expect(jobs).toReach(jobComplete({ job: 'first' }), { within: limits.jobEnded })
    await namespace.apply(job('second', rotation))
    await expect(jobs).toReach(jobComplete({ job: 'second' }), { within: limits.jobEnded })
    await namespace.apply(job('third', rotation))
    await expect(jobs).toReach(jobComplete({ job: 'third' }), { within: limits.jobEnded })
    await until(volumeSnapshots, volumeSnapshotsLeft({ volumeSnapshots: 1 }), { within: limits.objectDeleted })
    await expect(contents).toStay(contentsLeft({ contents: 3 }), { for: limits.staysUnchanged, as: 'contents-pile-up' })
    await expect(history).toUphold(newestSnapshots({ of: 'data-db-0', taken: 3, kept: 1 }), { as: 'rotated' })
    const [content, volumeSnapshot] = foundSnapshot('found', { cluster, handle: await leakedHandle(history), namespace: namespace.name })
    await namespace.apply(content)
    await namespace.apply(volumeSnapshot)
    await postgresFromSnapshot('restored', { snapshot: 'found', secret: 'db', fixtures })
    await expect(pods).toReach(allStarted({ pods: ['restored'] }), { within: limits.podReady, as: 'found' })

    const restored = await shopIn('restored', fixtures).read('restored')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: restored }), { as: 'same' })
  },
)

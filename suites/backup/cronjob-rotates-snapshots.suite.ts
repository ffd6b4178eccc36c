import { expect } from 'vitest'
import {
  conformance,
  contentsLeft,
  cronJob,
  namesSortByAge,
  newestSnapshots,
  rotateSnapshots,
  runningShop,
  runsComplete,
  snapshotAccess,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/cronjob-rotates-snapshots',
    statement:
      'A CronJob with permission to manage VolumeSnapshots takes one in each run and keeps the newest N, ready to use. With deletionPolicy Delete, the contents of the others are deleted.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshot-classes/', section: 'deletion-policy' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'PostgreSQL', 'BackupTools'],
    mutants: ['snapshots-never-deleted', 'snapshot-fails'],
    proves: {
      'snapshot.rotation-keep-n': { newest: ['runs', 'rotated'], deleted: ['rotated', 'contents'] },
      'snapshot.cronjob-needs-rbac': { allowed: ['runs', 'rotated'] },
      'snapshot.cronjob-namespace': { same: ['runs', 'rotated'] },
      'snapshot.timestamp-names': { unique: ['runs', 'rotated'], sorted: 'names' },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const [account, role, binding] = snapshotAccess()
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await observe.cronJobs()
    await observe.volumeSnapshots()
    const contents = await observe.volumeSnapshotContents()
    await runningShop('db', { fixtures, pods })
    await namespace.apply(account)
    await namespace.apply(role)
    await namespace.apply(binding)

    const rotation = rotateSnapshots({ cluster, pvc: 'data-db-0', snapshotClass: cluster.snapshotClass, keep: 2 })
    await namespace.apply(cronJob('rotate', { ...rotation, schedule: '* * * * *' }))
    await expect(jobs).toReach(runsComplete({ cronJob: 'rotate', runs: 3 }), { within: limits.cronJobThrice, as: 'runs' })
    await namespace.patch({ kind: 'CronJob', name: 'rotate' }, { spec: { suspend: true } })
    await expect(contents).toReach(contentsLeft({ contents: 2 }), { within: limits.objectDeleted, as: 'contents' })

    await expect(history).toUphold(newestSnapshots({ of: 'data-db-0', taken: 3, kept: 2 }), { as: 'rotated' })
    await expect(history).toUphold(namesSortByAge({ of: 'data-db-0', taken: 3 }), { as: 'names' })
  },
)

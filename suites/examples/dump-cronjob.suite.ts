import { expect } from 'vitest'
import {
  applyExample,
  bucketOf,
  conformance,
  databasesEqual,
  job,
  jobComplete,
  jobFailed,
  jobFrom,
  restoreFromBucket,
  runningPostgres,
  runningShop,
  shopIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'examples/dump-cronjob',
    statement:
      'A dump CronJob whose scripts end at their first error, with an image for each step, stores a dump in the bucket that restores, and its Job fails where the bucket takes nothing.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/job/', section: 'handling-pod-and-container-failures' },
    requires: ['DynamicProvisioning', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['jobs-do-nothing'],
    proves: { 'manifest.pgdump-cronjob': { uploaded: ['no-bucket', 'uploaded', 'restored', 'same'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const bucket = bucketOf(fixtures)
    const restore = { cluster, server: 'copy', database: 'shop', bucket: bucket.name, store: 'bucket' }
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('postgres', { fixtures, pods })
    await runningPostgres('copy', { fixtures, pods })
    await namespace.shareStoreCredentials('bucket')
    const before = await shopIn('postgres-0', fixtures).read('before the dump')

    await applyExample('dump-cronjob', fixtures)
    const daily = await namespace.read({ kind: 'CronJob', name: 'dump' })
    await namespace.apply(jobFrom(daily, 'without-bucket'))
    await expect(jobs).toReach(jobFailed({ job: 'without-bucket' }), { within: limits.jobEnded, as: 'no-bucket' })
    bucket.make()
    await namespace.apply(jobFrom(daily, 'with-bucket'))
    await expect(jobs).toReach(jobComplete({ job: 'with-bucket' }), { within: limits.jobEnded, as: 'uploaded' })
    await namespace.apply(job('restore', restoreFromBucket(restore)))
    await expect(jobs).toReach(jobComplete({ job: 'restore' }), { within: limits.jobEnded, as: 'restored' })

    const after = await shopIn('copy-0', fixtures).read('restored')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: after }), { as: 'same' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  cronJob,
  dumpPlace,
  dumpsAre,
  dumpsStored,
  job,
  jobComplete,
  jobFailed,
  jobFrom,
  podGone,
  runningShop,
  strictDump,
  until,
  wrongCredentials,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/dump-job-fails-on-error',
    statement:
      'A dump Job that stops at the first error fails when the database or the object store does not answer, and deletes no older dump. On success, the stored object is the dump, byte for byte.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/job/', section: 'handling-pod-and-container-failures' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['scripts-made-lax', 'uploads-swallowed', 'dumps-cut-short'],
    proves: {
      'backup.dump-job-fails-silently': { strict: ['not-uploaded', 'not-dumped'], 'upload-first': 'older-kept' },
      'backup.image-has-no-aws-cli': { 'with-both': ['good', 'stored'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    await namespace.apply(wrongCredentials('no-store'))
    const daily = await namespace.apply(cronJob('dump', { ...strictDump(place.of('shop')), schedule: '0 2 * * *', suspend: true }))

    await namespace.apply(jobFrom(daily, 'good'))
    await expect(jobs).toReach(jobComplete({ job: 'good' }), { within: limits.jobEnded, as: 'good' })
    const good = await place.dumps.read('good')
    const stored = place.bucket.read('good')
    await place.dumps.makeOld()
    await namespace.apply(job('without-store', strictDump({ ...place.of('shop'), store: 'no-store' })))
    await expect(jobs).toReach(jobFailed({ job: 'without-store' }), { within: limits.jobEnded, as: 'not-uploaded' })
    await namespace.scale({ metadata: { name: 'db' } }, 0)
    await until(pods, podGone({ pod: 'db-0' }), { within: limits.podDeleted })
    await namespace.apply(jobFrom(daily, 'without-database'))
    await expect(jobs).toReach(jobFailed({ job: 'without-database' }), { within: limits.jobEnded, as: 'not-dumped' })

    const after = await place.dumps.read('after the failures')
    const storedAfter = place.bucket.read('after the failures')
    await expect(history).toUphold(dumpsStored({ found: good, stored, objects: 1 }), { as: 'stored' })
    await expect(history).toUphold(dumpsAre({ found: after, whole: 6, hollow: 0 }), { as: 'older-kept' })
    await expect(history).toUphold(dumpsStored({ found: after, stored: storedAfter, objects: 1 }), { as: 'stored' })
  },
)

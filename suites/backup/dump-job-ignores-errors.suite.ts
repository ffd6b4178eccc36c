import { expect } from 'vitest'
import {
  conformance,
  cronJob,
  dumpPlace,
  dumpsAre,
  dumpsStored,
  dumpIgnoringErrors,
  jobComplete,
  jobFrom,
  podGone,
  runningShop,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/dump-job-ignores-errors',
    statement:
      'A Job is Complete when its script exits with 0. A dump script that ignores errors reports success even if the dump fails or is not uploaded.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/job/', section: 'handling-pod-and-container-failures' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['scripts-made-strict'],
    proves: {
      'backup.dump-job-fails-silently': { upload: ['not-uploaded', 'nothing-stored'], dump: 'not-dumped' },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('db', { fixtures, pods })
    await place.prepare(pods)
    const daily = await namespace.apply(cronJob('dump', { ...dumpIgnoringErrors(place.of('shop')), schedule: '0 2 * * *', suspend: true }))

    await namespace.apply(jobFrom(daily, 'not-uploaded'))
    await expect(jobs).toReach(jobComplete({ job: 'not-uploaded' }), { within: limits.jobEnded, as: 'not-uploaded' })
    const notUploaded = await place.dumps.read('not uploaded')
    await namespace.scale({ metadata: { name: 'db' } }, 0)
    await until(pods, podGone({ pod: 'db-0' }), { within: limits.podDeleted })
    await namespace.apply(jobFrom(daily, 'without-database'))
    await expect(jobs).toReach(jobComplete({ job: 'without-database' }), { within: limits.jobEnded, as: 'not-dumped' })

    const notDumped = await place.dumps.read('without a database')
    const stored = place.bucket.read('in the end')
    await expect(history).toUphold(dumpsAre({ found: notUploaded, whole: 1, hollow: 0 }), { as: 'not-uploaded' })
    await expect(history).toUphold(dumpsAre({ found: notDumped, whole: 1, hollow: 1 }), { as: 'not-dumped' })
    await expect(history).toUphold(dumpsStored({ found: notDumped, stored, objects: 0 }), { as: 'nothing-stored' })
  },
)

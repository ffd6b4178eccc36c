import { expect } from 'vitest'
import {
  conformance,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  jobFailed,
  restoreFromBucket,
  runningPostgres,
  runningShop,
  shopIn,
  storedAlike,
  strictDump,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/restore-test-finds-damage',
    statement:
      'Only a test restore shows that a dump is usable. A damaged dump has the same name and size as a good one, and only the Job that restores it fails.',
    level: 'SHOULD',
    source: { page: 'https://www.postgresql.org/docs/15/backup-dump.html', section: 'BACKUP-DUMP-RESTORE' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['restore-failures-swallowed', 'uploads-swallowed'],
    proves: { 'backup.restore-tests': { 'looks-alike': 'looks-alike', tried: ['good', 'damaged'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const toScratch = restoreFromBucket({ ...place.of('shop'), server: 'scratch' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('db', { fixtures, pods })
    await runningPostgres('scratch', { fixtures, pods })
    await place.prepare(pods)
    const before = await shopIn('db-0', fixtures).read('before the dump')
    await namespace.apply(job('dump', strictDump(place.of('shop'))))
    await until(jobs, jobComplete({ job: 'dump' }), { within: limits.jobEnded })

    await namespace.apply(job('try-good', toScratch))
    await expect(jobs).toReach(jobComplete({ job: 'try-good' }), { within: limits.jobEnded, as: 'good' })
    const restored = await shopIn('scratch-0', fixtures).read('restored')
    const good = place.bucket.read('good')
    await place.bucket.damage()
    await namespace.apply(job('try-damaged', toScratch))
    await expect(jobs).toReach(jobFailed({ job: 'try-damaged' }), { within: limits.jobEnded, as: 'damaged' })

    const damaged = place.bucket.read('damaged')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: restored }), { as: 'good' })
    await expect(history).toUphold(storedAlike({ before: good, after: damaged }), { as: 'looks-alike' })
  },
)

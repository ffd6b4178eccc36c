import { expect } from 'vitest'
import {
  baseBackupsIn,
  compressedDumps,
  conformance,
  databasesEqual,
  dumpCompressed,
  dumpedAgain,
  incrementSmaller,
  job,
  jobComplete,
  passwordSecret,
  pod,
  podGone,
  podReady,
  postgresIn,
  postgresPod,
  pvc,
  requestDone,
  restoreCompressed,
  runningPostgres,
  runningShop,
  shopIn,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/compressed-dump-restores',
    statement:
      'pg_dump writes compressed dumps that restore completely. It makes no incremental dumps: a second dump of the same rows is as large as the first. A base backup of PostgreSQL 17 can be an increment of an earlier one.',
    level: 'SHOULD',
    source: { page: 'https://www.postgresql.org/docs/15/app-pgdump.html', section: '' },
    requires: ['DynamicProvisioning', 'PostgreSQL', 'NextPostgreSQL'],
    mutants: ['dumps-cut-short', 'volume-not-mounted', 'log-summaries-off'],
    proves: {
      'backup.incremental-by-app': {
        compressed: ['sizes', 'restored'],
        'no-increments': 'sizes',
        increments: ['taken', 'smaller', 'combined'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const kept = { cluster, database: 'shop', pvc: 'kept' }
    const next = { cluster, pvc: 'next', secret: 'next', version: 'postgresNext' } as const
    const backups = baseBackupsIn('next', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('db', { fixtures, pods })
    await runningPostgres('copy', { fixtures, pods })
    await namespace.apply(pvc('kept', { cluster, size: sizes.small }))
    await namespace.apply(passwordSecret('next'))
    await namespace.apply(pvc('next', { cluster, size: sizes.medium }))
    await namespace.apply(postgresPod('next', { ...next, settings: { summarize_wal: 'on' } }))
    const before = await shopIn('db-0', fixtures).read('before the dump')

    await until(pods, podReady({ pod: 'next' }), { within: limits.podReady })
    await shopIn('next', fixtures).make()
    await backups.full()
    await postgresIn('next', fixtures, 'shop').run("insert into customers (name) values ('since the full base backup')")
    const since = await shopIn('next', fixtures).read('since the full base backup')
    const taken = await backups.increment('increment of the full base backup')
    await expect(history).toUphold(requestDone({ attempt: taken }), { as: 'taken' })
    const both = await backups.sizes('both')
    await expect(history).toUphold(incrementSmaller({ sizes: both }), { as: 'smaller' })
    await backups.combine()
    await namespace.delete({ kind: 'Pod', name: 'next' })
    await until(pods, podGone({ pod: 'next' }), { within: limits.podDeleted })
    await namespace.apply(postgresPod('combined', { ...next, directory: 'combined' }))
    await expect(pods).toReach(podReady({ pod: 'combined' }), { within: limits.podReady, as: 'combined' })
    const combined = await shopIn('combined', fixtures).read('in the combined base backups')
    await expect(history).toUphold(databasesEqual({ expected: since, actual: combined }), { as: 'combined' })

    await namespace.apply(job('dump', dumpCompressed({ ...kept, server: 'db' })))
    await expect(jobs).toReach(jobComplete({ job: 'dump' }), { within: limits.jobEnded })
    await namespace.apply(job('restore', restoreCompressed({ ...kept, server: 'copy' })))
    await expect(jobs).toReach(jobComplete({ job: 'restore' }), { within: limits.jobEnded })

    await namespace.apply(pod('reader', { cluster, pvc: 'kept' }))
    await until(pods, podReady({ pod: 'reader' }), { within: limits.podReady })
    const tree = await volumeIn('reader', fixtures).readTree('dumps')
    const restored = await shopIn('copy-0', fixtures).read('restored')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: restored }), { as: 'restored' })
    await expect(history).toUphold(dumpedAgain({ tree, ...compressedDumps }), { as: 'sizes' })
  },
)

import { expect } from 'vitest'
import {
  compressedDumps,
  conformance,
  databasesEqual,
  dumpCompressed,
  dumpedAgain,
  job,
  jobComplete,
  pod,
  podReady,
  pvc,
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
      'pg_dump writes compressed dumps that restore completely. It makes no incremental dumps: a second dump of the same rows is as large as the first.',
    level: 'SHOULD',
    source: { page: 'https://www.postgresql.org/docs/15/app-pgdump.html', section: '' },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['dumps-cut-short'],
    proves: { 'backup.incremental-by-app': { compressed: ['sizes', 'restored'], 'no-increments': 'sizes' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const kept = { cluster, database: 'shop', pvc: 'kept' }
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await runningShop('db', { fixtures, pods })
    await runningPostgres('copy', { fixtures, pods })
    await namespace.apply(pvc('kept', { cluster, size: sizes.small }))
    const before = await shopIn('db-0', fixtures).read('before the dump')

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

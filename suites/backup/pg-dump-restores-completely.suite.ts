import { expect } from 'vitest'
import {
  conformance,
  counterIn,
  countersComplete,
  databasesEqual,
  dumpPlace,
  job,
  jobComplete,
  passwordSecret,
  podReady,
  postgresOnNodeDisk,
  postgresService,
  pvcHasClass,
  readCounter,
  restoreFromBucket,
  runningClient,
  runningPostgres,
  runningShop,
  shopIn,
  storedWith,
  strictDump,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/pg-dump-restores-completely',
    statement:
      'A pg_dump taken during writes is consistent as of one moment. It restores completely on a server with another file system, and on one with another storage system: rows, keys, indexes, views and sequences.',
    level: 'MUST',
    source: { page: 'https://www.postgresql.org/docs/15/backup-dump.html', section: '' },
    requires: ['DynamicProvisioning', 'ReadWriteMany', 'PostgreSQL', 'BackupTools', 'ObjectStore'],
    mutants: ['tables-dumped-apart', 'uploads-swallowed', 'dumps-cut-short'],
    proves: {
      'backup.dump-restore-roundtrip': {
        consistent: 'consistent',
        restores: 'restores',
        'other-class': ['consistent', 'restores', 'classes'],
        'other-storage': ['elsewhere', 'no-pvc'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const { ext4 = '' } = cluster.storageClasses
    const counter = counterIn('client', fixtures)
    const place = dumpPlace('keeper', { fixtures, server: 'db' })
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    await observe.pvcs()
    await observe.pvs()
    await runningShop('db', { fixtures, pods })
    await runningPostgres('copy', { fixtures, pods, storageClass: ext4 })
    await namespace.apply(passwordSecret('elsewhere'))
    await namespace.apply(postgresService('elsewhere'))
    await namespace.apply(postgresOnNodeDisk('elsewhere', { cluster, secret: 'elsewhere' }))
    await runningClient('client', { of: 'db', fixtures, pods })
    await place.prepare(pods)
    await counter.start('db-0')
    const shop = await shopIn('db-0', fixtures).read('before the dump')

    const before = await counter.position('before the dump')
    await namespace.apply(job('dump-counter', strictDump(place.of('counter'))))
    await namespace.apply(job('dump-shop', strictDump(place.of('shop'))))
    await expect(jobs).toReach(jobComplete({ job: 'dump-counter' }), { within: limits.jobEnded })
    await expect(jobs).toReach(jobComplete({ job: 'dump-shop' }), { within: limits.jobEnded })
    const after = await counter.position('after the dump')
    await namespace.apply(job('restore-counter', restoreFromBucket({ ...place.of('counter'), server: 'copy' })))
    await namespace.apply(job('restore-shop', restoreFromBucket({ ...place.of('shop'), server: 'copy' })))
    await until(pods, podReady({ pod: 'elsewhere' }), { within: limits.podReady })
    await namespace.apply(job('restore-elsewhere', restoreFromBucket({ ...place.of('shop'), server: 'elsewhere' })))
    await expect(jobs).toReach(jobComplete({ job: 'restore-counter' }), { within: limits.jobEnded })
    await expect(jobs).toReach(jobComplete({ job: 'restore-shop' }), { within: limits.jobEnded })
    await expect(jobs).toReach(jobComplete({ job: 'restore-elsewhere' }), { within: limits.jobEnded })

    const found = await readCounter('copy-0', fixtures, 'restored')
    const restored = await shopIn('copy-0', fixtures).read('restored')
    const elsewhere = await shopIn('elsewhere', fixtures).read('restored elsewhere')
    await expect(history).toUphold(countersComplete({ counters: [{ found, before, after }] }), { as: 'consistent' })
    await expect(history).toUphold(databasesEqual({ expected: shop, actual: restored }), { as: 'restores' })
    await expect(history).toUphold(databasesEqual({ expected: shop, actual: elsewhere }), { as: 'elsewhere' })
    await expect(history).toUphold(
      storedWith({ kind: 'Pod', name: 'elsewhere', path: ['spec', 'volumes'], value: [{ name: 'data', emptyDir: {} }] }),
      { as: 'no-pvc' },
    )
    await expect(history).toUphold(pvcHasClass({ pvc: 'data-db-0', storageClass: cluster.storageClass }), { as: 'classes' })
    await expect(history).toUphold(pvcHasClass({ pvc: 'data-copy-0', storageClass: ext4 }), { as: 'classes' })
  },
)

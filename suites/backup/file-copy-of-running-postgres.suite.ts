import { expect } from 'vitest'
import {
  conformance,
  copiesDamaged,
  copyFiles,
  counterIn,
  countersComplete,
  job,
  jobComplete,
  passwordSecret,
  podReady,
  postgresIn,
  postgresPod,
  postgresService,
  pvc,
  readCopy,
  readCounter,
  runningClient,
  staysTheSamePod,
  triedToStart,
  twoWorkers,
  undamaged,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/file-copy-of-running-postgres',
    statement:
      'A plain file copy of a running PostgreSQL server is not a backup: committed rows are missing, or it does not start. A copy between pg_backup_start and pg_backup_stop, with its WAL, is one.',
    level: 'MUST',
    source: { page: 'https://www.postgresql.org/docs/15/backup-file.html', section: '' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'PostgreSQL'],
    mutants: ['backups-announced', 'backups-unannounced'],
    proves: { 'backup.file-copy-of-live-db': { plain: 'plain', announced: 'announced' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const counter = counterIn('client', fixtures)
    const [node] = twoWorkers(cluster)
    const [pods, jobs] = [await observe.pods(), await observe.jobs()]
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(postgresService('db'))
    for (const name of ['data', 'copy-1', 'copy-2']) await namespace.apply(pvc(name, { cluster, size: sizes.small }))
    const settings = { wal_keep_size: '64MB' }
    await namespace.apply(postgresPod('db', { cluster, pvc: 'data', secret: 'db', node, settings }))
    await until(pods, podReady({ pod: 'db' }), { within: limits.podReady })
    await runningClient('client', { of: 'db', fixtures, pods })
    await counter.start('db')
    const source = { cluster, server: 'db', database: 'counter', live: 'data', node }

    const before = await counter.position('before the copies')
    await namespace.apply(job('copy-just-so', copyFiles({ ...source, pvc: 'copy-1', how: 'just-so' })))
    await expect(jobs).toReach(jobComplete({ job: 'copy-just-so' }), { within: limits.jobEnded })
    await namespace.apply(job('copy-as-a-backup', copyFiles({ ...source, pvc: 'copy-2', how: 'as-a-backup' })))
    await expect(jobs).toReach(jobComplete({ job: 'copy-as-a-backup' }), { within: limits.jobEnded })
    const after = await counter.stop('after the copies')
    for (const name of ['copy-1', 'copy-2']) await namespace.apply(postgresPod(name, { cluster, pvc: name, secret: 'db' }))
    await until(pods, triedToStart({ pods: ['copy-1', 'copy-2'] }), { within: limits.podReady })

    const copied = await readCopy('copy-1', fixtures)
    await expect(history).toUphold(copiesDamaged({ counters: [{ found: copied, before, after }] }), { as: 'plain' })
    await expect(pods).toReach(podReady({ pod: 'copy-2' }), { within: limits.podReady, as: 'announced' })
    const found = await readCounter('copy-2', fixtures, 'copied as a backup')
    await expect(history).toUphold(countersComplete({ counters: [{ found, before, after }] }), { as: 'announced' })
    const damage = await postgresIn('copy-2', fixtures).lookForDamage('copied as a backup')
    await expect(history).toUphold(undamaged({ looks: [damage] }), { as: 'announced' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'db', restarts: 'none' }), { as: 'plain' })
  },
)

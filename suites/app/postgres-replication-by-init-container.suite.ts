import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  isStandby,
  passwordSecret,
  podsReady,
  postgresIn,
  postgresService,
  replicatedPostgres,
  replicationScripts,
  requestDenied,
  selectorOf,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-replication-by-init-container',
    statement:
      'PostgreSQL standbys that an init container copies from ordinal 0 follow the primary. Rows that the primary confirms can be read on every standby, and standbys refuse writes.',
    level: 'SHOULD',
    source: { page: 'tasks/run-application/run-replicated-stateful-application/', section: 'starting-replication' },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['init-containers-dropped'],
    proves: { 'app.statefulset-does-not-replicate': { follow: ['roles', 'follow'], refuse: ['roles', 'refuse'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const db = replicatedPostgres('db', { cluster, replicas: 3, size: sizes.small, secret: 'db' })
    const primary = postgresIn('db-0', { namespace, measure })
    const first = postgresIn('db-1', { namespace, measure })
    const second = postgresIn('db-2', { namespace, measure })
    const pods = await observe.pods(selectorOf(db))
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(postgresService('db'))
    await namespace.apply(replicationScripts('db'))
    await namespace.apply(db)
    await until(pods, podsReady({ statefulSet: 'db', replicas: 3 }), { within: limits.statefulSetReady })

    const roleOfPrimary = await primary.ask('is a standby', isStandby)
    const roleOfFirst = await first.ask('is a standby', isStandby)
    const roleOfSecond = await second.ask('is a standby', isStandby)
    // A primary without standbys would confirm no write.
    await expect(history).toUphold(answersValue({ found: roleOfPrimary, value: 'f' }), { as: 'roles' })
    await expect(history).toUphold(answersValue({ found: roleOfFirst, value: 't' }), { as: 'roles' })
    await expect(history).toUphold(answersValue({ found: roleOfSecond, value: 't' }), { as: 'roles' })
    await primary.run('create table visits as select * from generate_series(1, 1000) as n')
    const readOnFirst = await first.ask('sum of all visits', 'select sum(n) from visits')
    const readOnSecond = await second.ask('sum of all visits', 'select sum(n) from visits')
    const writeToFirst = await first.ask('another visit', 'insert into visits values (0)')
    const writeToSecond = await second.ask('another visit', 'insert into visits values (0)')

    await expect(history).toUphold(answersValue({ found: readOnFirst, value: '500500' }), { as: 'follow' })
    await expect(history).toUphold(answersValue({ found: readOnSecond, value: '500500' }), { as: 'follow' })
    await expect(history).toUphold(requestDenied({ attempt: writeToFirst }), { as: 'refuse' })
    await expect(history).toUphold(requestDenied({ attempt: writeToSecond }), { as: 'refuse' })
  },
)

import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  passwordSecret,
  podsReady,
  postgresIn,
  postgresService,
  postgresSet,
  selectorOf,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/statefulset-does-not-replicate',
    statement:
      'The Pods of a PostgreSQL StatefulSet are separate servers, and none is a standby. A table created on one does not exist on the others.',
    level: 'SHOULD',
    source: {
      page: 'tasks/run-application/run-replicated-stateful-application/',
      section: 'understanding-stateful-pod-initialization',
    },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['replicated-by-init'],
    proves: { 'app.statefulset-does-not-replicate': { 'no-roles': 'no-roles', 'no-copies': 'no-copies' } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const db = postgresSet('db', { cluster, replicas: 3, size: sizes.small, secret: 'db' })
    const first = postgresIn('db-0', { namespace, measure })
    const second = postgresIn('db-1', { namespace, measure })
    const third = postgresIn('db-2', { namespace, measure })
    const pods = await observe.pods(selectorOf(db))
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(postgresService('db'))
    await namespace.apply(db)
    await until(pods, podsReady({ statefulSet: 'db', replicas: 3 }), { within: limits.statefulSetReady })

    await first.run('create table visits (n int)')
    const inFirst = await first.ask('tables named visits', `select count(*) from pg_tables where tablename = 'visits'`)
    const inSecond = await second.ask('tables named visits', `select count(*) from pg_tables where tablename = 'visits'`)
    const inThird = await third.ask('tables named visits', `select count(*) from pg_tables where tablename = 'visits'`)
    const roleOfFirst = await first.ask('is a standby', 'select pg_is_in_recovery()')
    const roleOfSecond = await second.ask('is a standby', 'select pg_is_in_recovery()')
    const roleOfThird = await third.ask('is a standby', 'select pg_is_in_recovery()')

    await expect(history).toUphold(answersValue({ found: inFirst, value: '1' }), { as: 'no-copies' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: '0' }), { as: 'no-copies' })
    await expect(history).toUphold(answersValue({ found: inThird, value: '0' }), { as: 'no-copies' })
    await expect(history).toUphold(answersValue({ found: roleOfFirst, value: 'f' }), { as: 'no-roles' })
    await expect(history).toUphold(answersValue({ found: roleOfSecond, value: 'f' }), { as: 'no-roles' })
    await expect(history).toUphold(answersValue({ found: roleOfThird, value: 'f' }), { as: 'no-roles' })
  },
)

import { expect } from 'vitest'
import {
  allStarted,
  answersOther,
  answersValue,
  askIfReady,
  conformance,
  passwordSecret,
  podGone,
  podReady,
  postgresIn,
  postgresPod,
  pvc,
  triedToStart,
  twoWorkers,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/two-postgres-one-volume',
    statement:
      'ReadWriteOnce does not keep a second PostgreSQL server on the same node away from the data directory, and neither does the lock file. Both serve, neither sees the rows of the other, and a later server does not have the rows of both.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'MultipleNodes', 'PostgreSQL'],
    mutants: ['pvcs-for-one-pod'],
    proves: {
      'app.two-postgres-one-volume': {
        apart: ['both-start', 'first-serves', 'second-serves'],
        lost: ['both-start', 'first-serves', 'second-serves', 'lost'],
      },
      'access.rwo-is-one-pod': { several: ['both-start', 'first-serves', 'second-serves'] },
      'access.rwo-required-for-integrity': { 'several-writers': ['both-start', 'first-serves', 'second-serves'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const [node] = twoWorkers(cluster)
    const first = postgresIn('first', fixtures)
    const second = postgresIn('second', fixtures)
    const pods = await observe.pods()
    await observe.podEvents()
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(postgresPod('first', { cluster, pvc: 'data', secret: 'db', node }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    await first.run('create table notes (text text not null)')

    await namespace.apply(postgresPod('second', { cluster, pvc: 'data', secret: 'db', node }))
    await expect(pods).toReach(allStarted({ pods: ['first', 'second'] }), { within: limits.podReady, as: 'both-start' })
    await first.run(`insert into notes values ('from the first')`)
    await second.run(`insert into notes values ('from the second')`)

    const inFirst = await first.ask('notes of both', `select string_agg(text, ', ' order by text) from notes`)
    const inSecond = await second.ask('notes of both', `select string_agg(text, ', ' order by text) from notes`)
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await namespace.delete({ kind: 'Pod', name: 'second' })
    await until(pods, podGone({ pod: 'first' }), { within: limits.podDeleted })
    await until(pods, podGone({ pod: 'second' }), { within: limits.podDeleted })
    await namespace.apply(postgresPod('later', { cluster, pvc: 'data', secret: 'db', node }))
    await until(pods, triedToStart({ pods: ['later'] }), { within: limits.podReady })
    const sql = `select string_agg(text, ', ' order by text) from notes`

    const inLater = await askIfReady('later', fixtures, { label: 'notes of both', sql })
    await expect(history).toUphold(answersValue({ found: inFirst, value: 'from the first' }), { as: 'first-serves' })
    await expect(history).toUphold(answersValue({ found: inSecond, value: 'from the second' }), { as: 'second-serves' })
    await expect(history).toUphold(answersOther({ found: inLater, value: 'from the first, from the second' }), { as: 'lost' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  counterIn,
  countersComplete,
  crashCountReached,
  crashWhileWriting,
  keepsItsVolume,
  postgresIn,
  readCounter,
  runningClient,
  runningPostgres,
  undamaged,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-survives-crash',
    statement:
      'A PostgreSQL server on a PVC keeps every committed row when it is killed, and when its Pod is deleted and replaced, during writes.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'PostgreSQL'],
    mutants: ['volume-not-mounted', 'fsync-lies'],
    proves: { 'app.postgres-data-survives': { rows: ['rows', 'same-volume'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { observe, history, limits } = fixtures
    const counter = counterIn('client', fixtures)
    const pods = await observe.pods()
    await observe.pvcs()
    await observe.pvs()
    await runningPostgres('db', { fixtures, pods })
    await runningClient('client', { of: 'db', fixtures, pods })
    await counter.start('db-0')

    await crashWhileWriting(pods, { fixtures, pod: 'db-0', counter, rounds: 5 })
    const acknowledged = await counter.stop('in the end')

    const found = await readCounter('db-0', fixtures, 'in the end')
    const damage = await postgresIn('db-0', fixtures).lookForDamage('in the end')
    await expect(history).toUphold(countersComplete({ counters: [{ found, before: acknowledged, after: acknowledged }] }), { as: 'rows' })
    await expect(history).toUphold(undamaged({ looks: [damage] }), { as: 'rows' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-db-0' }), { as: 'same-volume' })
    await until(pods, crashCountReached({ pod: 'db-0', times: 10 }), { within: limits.staysUnchanged })
  },
)

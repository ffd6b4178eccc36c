import { expect } from 'vitest'
import {
  conformance,
  databasesEqual,
  passwordSecret,
  podNotStarted,
  podReady,
  podUnschedulable,
  postgresPod,
  pvc,
  shopIn,
  staysTheSamePod,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/rwop-protects-postgres',
    statement:
      'A ReadWriteOncePod PVC keeps a second PostgreSQL server away from the data directory of the first. The second Pod stays Pending until the first is gone, and the database is unchanged.',
    level: 'MUST',
    source: { page: 'concepts/storage/persistent-volumes/', section: 'access-modes' },
    requires: ['DynamicProvisioning', 'ReadWriteOncePod', 'PostgreSQL'],
    mutants: ['single-pod-widened'],
    proves: {
      'app.two-postgres-one-volume': { 'kept-away': ['no-node', 'not-started', 'unchanged', 'same-pod', 'in-turn'] },
      'access.rwo-required-for-integrity': { 'one-writer': ['no-node', 'not-started', 'unchanged', 'same-pod'] },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const shop = shopIn('first', fixtures)
    const pods = await observe.pods()
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(pvc('data', { cluster, size: sizes.small, accessMode: 'ReadWriteOncePod' }))
    await namespace.apply(postgresPod('first', { cluster, pvc: 'data', secret: 'db' }))
    await until(pods, podReady({ pod: 'first' }), { within: limits.podReady })
    await shop.make()
    const before = await shop.read('alone')

    await namespace.apply(postgresPod('second', { cluster, pvc: 'data', secret: 'db' }))
    await expect(pods).toReach(podUnschedulable({ pod: 'second' }), { within: limits.podReady, as: 'no-node' })
    const refused = mark('no node for the second Pod')
    await expect(pods).toStay(podNotStarted({ pod: 'second' }), { for: limits.staysUnchanged, after: refused, as: 'not-started' })

    const after = await shop.read('beside a second Pod')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: after }), { as: 'unchanged' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'first', restarts: 'none' }), { as: 'same-pod' })
    await namespace.delete({ kind: 'Pod', name: 'first' })
    await expect(pods).toReach(podReady({ pod: 'second' }), { within: limits.podReady, as: 'in-turn' })
    const inTurn = await shopIn('second', fixtures).read('after the first')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: inTurn }), { as: 'in-turn' })
  },
)

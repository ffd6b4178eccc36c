import { expect } from 'vitest'
import {
  allStarted,
  conformance,
  counterIn,
  countersComplete,
  postgresSnapshots,
  runningClient,
  runningPostgres,
  staysTheSamePod,
  undamaged,
} from '../../harness/index.ts'

conformance(
  {
    id: 'backup/postgres-recovers-from-snapshot',
    statement:
      'PostgreSQL recovers from a VolumeSnapshot taken during commits. It has every row committed before the request, no row begun after readiness, and no gap.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'PostgreSQL'],
    mutants: ['snapshot-torn', 'snapshot-lazy', 'snapshot-ready-early', 'restore-empty'],
    proves: { 'snapshot.in-use-volume': { running: ['counters', 'same-pod'], database: ['started', 'counters', 'undamaged', 'same-pod'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { observe, history, limits } = fixtures
    const counter = counterIn('client', fixtures)
    const series = postgresSnapshots({ fixtures, of: 'data-db-0', secret: 'db', counter, rounds: 5 })
    const pods = await observe.pods()
    await observe.podEvents()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await runningPostgres('db', { fixtures, pods })
    await runningClient('client', { of: 'db', fixtures, pods })
    await counter.start('db-0')

    await series.take(volumeSnapshots)
    await series.restore()
    await expect(pods).toReach(allStarted({ pods: series.servers }), { within: limits.restoresReady, as: 'started' })
    await counter.stop('in the end')

    await expect(history).toUphold(countersComplete({ counters: await series.read() }), { as: 'counters' })
    await expect(history).toUphold(undamaged({ looks: await series.lookForDamage() }), { as: 'undamaged' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'db-0', restarts: 'none' }), { as: 'same-pod' })
  },
)

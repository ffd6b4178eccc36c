import { expect } from 'vitest'
import {
  conformance,
  counterIn,
  countersComplete,
  keepsItsVolume,
  podGone,
  podReady,
  postgresIn,
  readCounter,
  runningClient,
  runningPostgres,
  undamaged,
  until,
  volumeDetached,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-survives-power-loss',
    statement:
      'PostgreSQL on a PVC keeps every acknowledged row after a power loss during commits. The restarted server has all of them, without a gap.',
    level: 'MUST',
    source: { page: 'https://www.postgresql.org/docs/15/wal-reliability.html', section: '' },
    requires: ['DynamicProvisioning', 'MovableVolumes', 'PowerCut', 'PostgreSQL'],
    mutants: ['commits-not-flushed', 'fsync-lies'],
    proves: { 'app.postgres-data-survives': { rows: ['rows', 'same-volume'] } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits } = fixtures
    const counter = counterIn('client', fixtures)
    const pods = await observe.pods()
    const attachments = await observe.volumeAttachments()
    await observe.pvcs()
    await runningPostgres('db', { fixtures, pods })
    await runningClient('client', { of: 'db', fixtures, pods })
    await counter.start('db-0')
    await counter.progress()

    await namespace.cutPower('data-db-0', 'db-0')
    const acknowledged = await counter.stop('in the end')
    await namespace.scale({ metadata: { name: 'db' } }, 0)
    await until(pods, podGone({ pod: 'db-0' }), { within: limits.podDeleted })
    await until(attachments, volumeDetached({ pvc: 'data-db-0' }), { within: limits.attachmentAnswered })
    await namespace.scale({ metadata: { name: 'db' } }, 1)
    await expect(pods).toReach(podReady({ pod: 'db-0' }), { within: limits.podReady })

    const found = await readCounter('db-0', fixtures, 'after the cut')
    const damage = await postgresIn('db-0', fixtures).lookForDamage('after the cut')
    await expect(history).toUphold(countersComplete({ counters: [{ found, before: acknowledged, after: acknowledged }] }), { as: 'rows' })
    await expect(history).toUphold(undamaged({ looks: [damage] }), { as: 'rows' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-db-0' }), { as: 'same-volume' })
  },
)

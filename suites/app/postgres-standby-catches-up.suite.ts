import { expect } from 'vitest'
import {
  answersAlike,
  answersValue,
  conformance,
  copyQuery,
  isStandby,
  passwordSecret,
  podReady,
  podsReady,
  postgresIn,
  postgresService,
  replicatedPostgres,
  replicationScripts,
  selectorOf,
  together,
  until,
  volumeDetached,
  volumeRemoved,
  withoutStandbys,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-standby-catches-up',
    statement:
      'A PostgreSQL standby that returns on its volume catches up without a new copy. A standby whose PVC was deleted copies the primary again.',
    level: 'SHOULD',
    source: { page: 'tasks/run-application/run-replicated-stateful-application/', section: 'cloning-existing-data' },
    requires: ['DynamicProvisioning', 'PostgreSQL', 'MovableVolumes'],
    mutants: ['fsync-lies', 'init-containers-dropped'],
    proves: { 'app.statefulset-does-not-replicate': { returns: ['returns', 'copied-again'] } },
  },
  async ({ namespace, observe, history, limits, cluster, measure, sizes }) => {
    const db = replicatedPostgres('db', { cluster, replicas: 2, size: sizes.small, secret: 'db' })
    const primary = postgresIn('db-0', { namespace, measure })
    const standby = postgresIn('db-1', { namespace, measure })
    const pods = await observe.pods(selectorOf(db))
    const pvcs = together(await observe.pvcs(), await observe.pvs())
    const attachments = together(await observe.volumeAttachments(), await observe.pvcs())
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(postgresService('db'))
    await namespace.apply(replicationScripts('db'))
    await namespace.apply(db)
    await until(pods, podsReady({ statefulSet: 'db', replicas: 2 }), { within: limits.statefulSetReady })
    const role = await standby.ask('is a standby', isStandby)
    await expect(history).toUphold(answersValue({ found: role, value: 't' }))
    await primary.run('create table visits as select * from generate_series(1, 100) as n')
    const firstCopy = await standby.ask('copy that it started from', copyQuery)

    await namespace.scale(db, 1)
    await until(attachments, volumeDetached({ pvc: 'data-db-1' }), { within: limits.attachmentAnswered })
    await primary.run(`${withoutStandbys}; insert into visits select * from generate_series(101, 200)`)
    await namespace.scale(db, 2)
    await expect(pods).toReach(podReady({ pod: 'db-1' }), { within: limits.statefulSetReady })
    const copyAfterwards = await standby.ask('copy that it came back with', copyQuery)
    await primary.run('insert into visits values (201)')
    const caughtUp = await standby.ask('sum after it came back', 'select sum(n) from visits')
    await namespace.scale(db, 1)
    await until(pods, podsReady({ statefulSet: 'db', replicas: 1 }), { within: limits.statefulSetScaled })
    await namespace.delete({ kind: 'PersistentVolumeClaim', name: 'data-db-1' })
    await until(pvcs, volumeRemoved({ pvc: 'data-db-1' }), { within: limits.objectDeleted })
    await namespace.scale(db, 2)
    await expect(pods).toReach(podReady({ pod: 'db-1' }), { within: limits.statefulSetReady })
    await primary.run('insert into visits values (202)')
    const copiedAgain = await standby.ask('sum on another volume', 'select sum(n) from visits')

    await expect(history).toUphold(answersAlike({ first: firstCopy, second: copyAfterwards }), { as: 'returns' })
    await expect(history).toUphold(answersValue({ found: caughtUp, value: '20301' }), { as: 'returns' })
    await expect(history).toUphold(answersValue({ found: copiedAgain, value: '20503' }), { as: 'copied-again' })
  },
)

import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  countersComplete,
  differentVolumes,
  follow,
  keepsItsVolume,
  mariadbCounterIn,
  mariadbIn,
  mariadbService,
  mariadbUser,
  passwordSecret,
  podReady,
  readMariadbCounter,
  replicatedMariadb,
  requestDenied,
  requestDone,
  selectorOf,
  together,
  until,
  volumeDetached,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/mariadb-replication-by-init-container',
    statement:
      'MariaDB replicas that init containers clone from the Pod before them follow the primary: what it confirms comes to be on each of them. They refuse writes. A replica that returns on its volume is not cloned again, and catches up.',
    level: 'SHOULD',
    source: { page: 'tasks/run-application/run-replicated-stateful-application/', section: 'cloning-existing-data' },
    requires: ['DynamicProvisioning', 'MariaDB', 'MovableVolumes'],
    mutants: ['init-containers-dropped', 'fsync-lies'],
    proves: {
      'app.mariadb-replicas-by-init': {
        clones: ['first-clone', 'second-clone', 'own-volumes'],
        follow: 'follow',
        refuse: ['may-write', 'read-only', 'refused'],
        returns: ['keeps-volume', 'clones-once'],
        'catches-up': 'catches-up',
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const set = replicatedMariadb('db', { cluster, replicas: 1, size: sizes.small, secret: 'db' })
    const primary = mariadbIn('db-0', fixtures)
    const first = mariadbIn('db-1', fixtures)
    const second = mariadbIn('db-2', fixtures)
    const counter = mariadbCounterIn('db-0', fixtures)
    const cloned = 'select group_concat(pod order by pod) from cloned'
    const isReadOnly = 'select @@read_only'
    const pods = await observe.pods(selectorOf(set))
    const attachments = together(await observe.volumeAttachments(), await observe.pvcs(), await observe.pvs())
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(mariadbService('db'))
    await namespace.apply(set)
    await until(pods, podReady({ pod: 'db-0' }), { within: limits.podReady })
    await primary.run('create table visits (n int primary key); create table cloned (pod varchar(9) primary key)')
    // What is not in the log of the primary comes to a replica only by a clone.
    await primary.run("set sql_log_bin = 0; insert into cloned values ('db-0')")
    await counter.start('db-0')

    await namespace.scale(set, 2)
    await until(pods, podReady({ pod: 'db-1' }), { within: limits.statefulSetReady })
    const firstClone = await first.ask('what it cloned', cloned)
    await expect(history).toUphold(answersValue({ found: firstClone, value: 'db-0' }), { as: 'first-clone' })
    await first.run("set sql_log_bin = 0; insert into cloned values ('db-1')")
    await namespace.scale(set, 3)
    await until(pods, podReady({ pod: 'db-2' }), { within: limits.statefulSetReady })
    const secondClone = await second.ask('what it cloned', cloned)
    await expect(history).toUphold(answersValue({ found: secondClone, value: 'db-0,db-1' }), { as: 'second-clone' })
    const before = await counter.position('before both are read')
    await follow(primary, [first, second])
    const onFirst = await readMariadbCounter('db-1', fixtures, 'beside the primary')
    const onSecond = await readMariadbCounter('db-2', fixtures, 'beside the primary')
    const after = await counter.position('after both are read')
    const writeToPrimary = await mariadbIn('db-0', fixtures, mariadbUser).ask('visit', 'insert into visits values (1)')
    const writeToFirst = await mariadbIn('db-1', fixtures, mariadbUser).ask('visit', 'insert into visits values (2)')
    const writeToSecond = await mariadbIn('db-2', fixtures, mariadbUser).ask('visit', 'insert into visits values (2)')
    const roleOfFirst = await first.ask('whether it is read-only', isReadOnly)
    const roleOfSecond = await second.ask('whether it is read-only', isReadOnly)

    await namespace.scale(set, 2)
    await until(attachments, volumeDetached({ pvc: 'data-db-2' }), { within: limits.attachmentAnswered })
    await primary.run('insert into visits values (3)')
    await first.run("set sql_log_bin = 0; insert into cloned values ('later')")
    await namespace.scale(set, 3)
    await expect(pods).toReach(podReady({ pod: 'db-2' }), { within: limits.statefulSetReady, as: 'catches-up' })
    const confirmed = await counter.stop('in the end')
    await follow(primary, [first, second])
    const clonedAfterwards = await second.ask('what it has cloned after its return', cloned)
    const visitsAfterwards = await second.ask('visits after its return', 'select group_concat(n order by n) from visits')
    const complete = await readMariadbCounter('db-2', fixtures, 'after its return')

    await expect(history).toUphold(
      countersComplete({
        counters: [
          { found: onFirst, before, after },
          { found: onSecond, before, after },
        ],
      }),
      { as: 'follow' },
    )
    await expect(history).toUphold(requestDone({ attempt: writeToPrimary }), { as: 'may-write' })
    await expect(history).toUphold(answersValue({ found: roleOfFirst, value: '1' }), { as: 'read-only' })
    await expect(history).toUphold(answersValue({ found: roleOfSecond, value: '1' }), { as: 'read-only' })
    await expect(history).toUphold(requestDenied({ attempt: writeToFirst }), { as: 'refused' })
    await expect(history).toUphold(requestDenied({ attempt: writeToSecond }), { as: 'refused' })
    await expect(history).toUphold(differentVolumes({ pvcs: ['data-db-0', 'data-db-1', 'data-db-2'] }), { as: 'own-volumes' })
    await expect(history).toUphold(keepsItsVolume({ pvc: 'data-db-2' }), { as: 'keeps-volume' })
    await expect(history).toUphold(answersValue({ found: clonedAfterwards, value: 'db-0,db-1' }), { as: 'clones-once' })
    await expect(history).toUphold(answersValue({ found: visitsAfterwards, value: '1,3' }), { as: 'catches-up' })
    await expect(history).toUphold(countersComplete({ counters: [{ found: complete, before: confirmed, after: confirmed }] }), {
      as: 'catches-up',
    })
  },
)

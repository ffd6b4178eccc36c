import { expect } from 'vitest'
import {
  conformance,
  containerFailed,
  databasesEqual,
  passwordSecret,
  podGone,
  podReady,
  podsReady,
  postgresPod,
  postgresSet,
  pvc,
  revisionsAre,
  shopIn,
  staysTheSamePod,
  together,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/postgres-major-upgrade-refused',
    statement:
      'A PostgreSQL server refuses the data directory of an earlier major version and does not change it. After going back to the earlier image, every row is there. A rolling update to the next major version halts at the highest ordinal.',
    level: 'MUST',
    source: { page: 'https://www.postgresql.org/docs/15/upgrading.html', section: '' },
    requires: ['DynamicProvisioning', 'PostgreSQL', 'NextPostgreSQL'],
    mutants: ['volume-not-mounted', 'servers-start-anew'],
    proves: {
      'update.postgres-major-by-image': {
        refused: ['runs-on-its-own', 'refused'],
        unharmed: 'rows-kept',
        halts: ['set-refused', 'others-stay', 'others-as-before'],
      },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, mark, sizes } = fixtures
    const pods = await observe.pods()
    const set = { cluster, replicas: 3, size: sizes.small, secret: 'db' }
    const rollout = together(pods, await observe.statefulSets())
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(postgresSet('set', set))
    await namespace.apply(pvc('data', { cluster, size: sizes.small }))
    await namespace.apply(postgresPod('earlier', { cluster, pvc: 'data', secret: 'db', version: 'postgres' }))
    await until(pods, podReady({ pod: 'earlier' }), { within: limits.podReady })
    await shopIn('earlier', fixtures).make()
    const before = await shopIn('earlier', fixtures).read('before')
    await namespace.delete({ kind: 'Pod', name: 'earlier' })
    await until(pods, podGone({ pod: 'earlier' }), { within: limits.podDeleted })

    await namespace.apply(pvc('empty', { cluster, size: sizes.small }))
    await namespace.apply(postgresPod('fresh', { cluster, pvc: 'empty', secret: 'db', version: 'postgresNext' }))
    await expect(pods).toReach(podReady({ pod: 'fresh' }), { within: limits.podReady, as: 'runs-on-its-own' })
    await namespace.apply(postgresPod('later', { cluster, pvc: 'data', secret: 'db', version: 'postgresNext' }))
    await expect(pods).toReach(containerFailed({ pod: 'later' }), { within: limits.podReady, as: 'refused' })
    await namespace.delete({ kind: 'Pod', name: 'later' })
    await until(pods, podGone({ pod: 'later' }), { within: limits.podDeleted })
    await namespace.apply(postgresPod('earlier-again', { cluster, pvc: 'data', secret: 'db', version: 'postgres' }))
    await expect(pods).toReach(podReady({ pod: 'earlier-again' }), { within: limits.podReady })

    await until(pods, podsReady({ statefulSet: 'set', replicas: 3 }), { within: limits.statefulSetReady })
    const { name: since } = mark('before the image was changed')
    await namespace.apply(postgresSet('set', { ...set, version: 'postgresNext' }))
    await expect(pods).toReach(containerFailed({ pod: 'set-2', since }), { within: limits.podReady, as: 'set-refused' })
    const halted = mark('the highest ordinal failed')
    const asBefore = revisionsAre({ statefulSet: 'set', updated: [], outdated: ['set-0', 'set-1'] })
    await expect(rollout).toStay(asBefore, { for: limits.staysUnchanged, after: halted, as: 'others-stay' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'set-0', restarts: 'none' }), { as: 'others-as-before' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'set-1', restarts: 'none' }), { as: 'others-as-before' })

    const after = await shopIn('earlier-again', fixtures).read('after going back')
    await expect(history).toUphold(databasesEqual({ expected: before, actual: after }), { as: 'rows-kept' })
  },
)

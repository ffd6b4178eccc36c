import { expect } from 'vitest'
import {
  answersValue,
  conformance,
  countersComplete,
  databasesEqual,
  dumpMariadb,
  job,
  jobComplete,
  mariadbCounterIn,
  mariadbIn,
  mariadbPod,
  mariadbService,
  mariadbSet,
  mariadbShopIn,
  ownLog,
  passwordSecret,
  podReady,
  pvc,
  readMariadbCounter,
  staysTheSamePod,
  undamaged,
  until,
  volumeSnapshot,
  volumeSnapshotReady,
} from '../../harness/index.ts'

conformance(
  {
    id: 'app/mariadb-recovered',
    statement:
      'A dump of a MariaDB database taken in one transaction during writes restores completely in an empty server, as of one moment. A server on a volume from a VolumeSnapshot taken during writes starts by crash recovery, with every row confirmed before.',
    level: 'MUST',
    source: { page: 'concepts/storage/volume-snapshots/', section: 'introduction' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'MariaDB'],
    mutants: ['tables-dumped-apart', 'snapshot-lazy', 'restore-empty'],
    proves: {
      'app.mariadb-recovered': {
        'dump-consistent': 'dump',
        'dump-restores': 'restores',
        recovers: ['starts', 'by-recovery', 'undamaged', 'untouched'],
        rows: 'rows',
        same: ['restores', 'recovered'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const options = { cluster, replicas: 1, size: sizes.small, secret: 'db' }
    const counter = mariadbCounterIn('db-0', fixtures)
    const source = mariadbShopIn('db-0', fixtures)
    const pods = await observe.pods()
    const jobs = await observe.jobs()
    const volumeSnapshots = await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(passwordSecret('db'))
    await namespace.apply(mariadbService('db'))
    await namespace.apply(mariadbService('copy'))
    await namespace.apply(mariadbSet('db', options))
    await namespace.apply(mariadbSet('copy', options))
    await until(pods, podReady({ pod: 'db-0' }), { within: limits.podReady })
    await until(pods, podReady({ pod: 'copy-0' }), { within: limits.podReady })
    await source.make()
    const shop = await source.read('before both')
    await counter.start('db-0')

    const beforeDump = await counter.position('before the dump')
    await namespace.apply(job('dump', dumpMariadb({ cluster, from: 'db', to: 'copy', secret: 'db' })))
    await expect(jobs).toReach(jobComplete({ job: 'dump' }), { within: limits.jobEnded, as: 'restores' })
    const afterDump = await counter.position('after the dump')
    const beforeSnapshot = await counter.position('before the snapshot')
    await namespace.apply(volumeSnapshot('moment', { cluster, of: 'data-db-0' }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: 'moment' }), { within: limits.volumeSnapshotReady })
    const afterSnapshot = await counter.position('after the snapshot')
    // The next number may have been begun then, the one after that had not.
    await counter.progress()
    await counter.progress()
    await namespace.apply(pvc('recovered', { cluster, size: sizes.small, fromSnapshot: 'moment' }))
    await namespace.apply(mariadbPod('recovered', { cluster, pvc: 'recovered', secret: 'db', settings: ownLog }))
    await expect(pods).toReach(podReady({ pod: 'recovered' }), { within: limits.restoresReady, as: 'starts' })
    await counter.stop('in the end')

    const inCopy = await readMariadbCounter('copy-0', fixtures, 'restored')
    const recovered = await readMariadbCounter('recovered', fixtures, 'recovered')
    const recoveries = await mariadbIn('recovered', fixtures).countRecoveries('crash recoveries')
    await expect(history).toUphold(countersComplete({ counters: [{ found: inCopy, before: beforeDump, after: afterDump }] }), {
      as: 'dump',
    })
    await expect(history).toUphold(countersComplete({ counters: [{ found: recovered, before: beforeSnapshot, after: afterSnapshot }] }), {
      as: 'rows',
    })
    await expect(history).toUphold(answersValue({ found: recoveries, value: '1' }), { as: 'by-recovery' })
    const damage = await mariadbIn('recovered', fixtures).lookForDamage('recovered')
    const shopInCopy = await mariadbShopIn('copy-0', fixtures).read('restored')
    const shopRecovered = await mariadbShopIn('recovered', fixtures).read('recovered')
    await expect(history).toUphold(databasesEqual({ expected: shop, actual: shopInCopy }), { as: 'restores' })
    await expect(history).toUphold(databasesEqual({ expected: shop, actual: shopRecovered }), { as: 'recovered' })
    await expect(history).toUphold(undamaged({ looks: [damage] }), { as: 'undamaged' })
    await expect(history).toUphold(staysTheSamePod({ pod: 'db-0', restarts: 'none' }), { as: 'untouched' })
  },
)

import { expect } from 'vitest'
import {
  conformance,
  logHoldsExactly,
  partUpgraded,
  podReady,
  premise,
  roundTrip,
  statefulSet,
  treesEqual,
  until,
} from '../../harness/index.ts'

conformance(
  {
    id: 'upgrade/backups-restore',
    statement: 'A Backup from before an upgrade of the platform is restored afterwards, with every file and every acknowledged write.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/migration-case/', section: 'migrating-your-workloads' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI', 'PlatformUpgrade'],
    mutants: ['restore-empty'],
    proves: { 'upgrade.backups-kept': { restores: ['same-files', 'same-records'] } },
  },
  async (fixtures) => {
    const { namespace, platform, observe, history, limits, cluster, sizes } = fixtures
    const trip = await roundTrip(fixtures, { pod: 'db-0', pvc: 'data-db-0', into: 'copy' })
    const pods = await observe.pods()
    await namespace.apply(statefulSet('db', { cluster, replicas: 1, data: sizes.small }))
    await until(pods, podReady({ pod: 'db-0' }), { within: limits.podReady })
    await trip.write({ files: 100, bytes: '4Mi' })
    await trip.backUp()

    await platform.upgraded('whole')
    await premise(history, partUpgraded({ part: 'whole' }))
    await trip.restore()

    const { trees, logs } = await trip.compare()
    await expect(history).toUphold(treesEqual(trees), { as: 'same-files' })
    await expect(history).toUphold(logHoldsExactly(logs), { as: 'same-records' })
  },
)

import { expect } from 'vitest'
import {
  adoptedAfterRestore,
  conformance,
  podsReady,
  restoredAsNewObjects,
  roundTrip,
  statefulSet,
  treesEqual,
  until,
  volumeIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/statefulset-restored',
    statement:
      'Velero restores the Pods of a StatefulSet with their own data, without an owner and all at once, whatever the podManagementPolicy. The StatefulSet adopts them and replaces none.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/how-velero-works/', section: 'restores' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'Velero', 'VeleroCSI'],
    mutants: ['pods-not-restored', 'restore-empty'],
    proves: { 'velero.namespace-backup-restore': { 'each-pvc': ['same-data', 'anew'], 'stateful-pods': ['anew', 'adopted'] } },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const pods = await observe.pods()
    const trip = await roundTrip(fixtures, { pod: 'db-0', pvc: 'data-db-0' })
    const [second, third] = [volumeIn('db-1', fixtures, '/data/tree'), volumeIn('db-2', fixtures, '/data/tree')]
    const [size, ready] = [{ files: 50, bytes: '2Mi' }, podsReady({ statefulSet: 'db', replicas: 3 })]
    await observe.statefulSets()
    await namespace.apply(
      statefulSet('db', { cluster, replicas: 3, data: sizes.small, readiness: 'after-a-moment', podManagement: 'OrderedReady' }),
    )
    await until(pods, ready, { within: limits.statefulSetReady })
    await trip.write(size)
    await second.populate(size)
    await third.populate(size)
    const before = { second: await second.readTree('before'), third: await third.readTree('before') }

    await trip.backUp()
    await trip.destroy()
    await trip.restore()
    await expect(pods).toReach(ready, { within: limits.statefulSetReady, as: 'adopted' })

    const { trees } = await trip.compare()
    const after = { second: await second.readTree('after'), third: await third.readTree('after') }
    await expect(history).toUphold(treesEqual(trees), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: before.second, actual: after.second }), { as: 'same-data' })
    await expect(history).toUphold(treesEqual({ expected: before.third, actual: after.third }), { as: 'same-data' })
    await expect(history).toUphold(
      restoredAsNewObjects({ pods: ['db-0', 'db-1', 'db-2'], pvcs: ['data-db-0', 'data-db-1', 'data-db-2'] }),
      {
        as: 'anew',
      },
    )
    await expect(history).toUphold(adoptedAfterRestore({ statefulSet: 'db', pods: ['db-0', 'db-1', 'db-2'] }), { as: 'adopted' })
  },
)

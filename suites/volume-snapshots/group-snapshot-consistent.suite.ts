import { expect } from 'vitest'
import {
  conformance,
  memberOf,
  podWithPvcs,
  podReady,
  pvc,
  readWrites,
  restoredInStep,
  until,
  volumeGroupSnapshot,
  volumeGroupSnapshotReady,
  writerIn,
} from '../../harness/index.ts'

conformance(
  {
    id: 'volume-snapshots/group-snapshot-consistent',
    statement:
      'A VolumeGroupSnapshot captures several volumes at the same point in time. The volumes restored from it agree on the last write.',
    level: 'MUST',
    source: { page: 'https://kubernetes-csi.github.io/docs/group-snapshot-restore-feature.html', section: 'overview' },
    requires: ['DynamicProvisioning', 'VolumeSnapshots', 'VolumeGroupSnapshots'],
    mutants: ['group-apart'],
    proves: { 'snapshot.group': { taken: ['ready', 'restored'], instant: 'in-step' } },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster, sizes } = fixtures
    const writer = writerIn('writer', fixtures, ['/data/a', '/data/b', '/data/c'])
    const group = { 'holdfast.dev/group': 'all' }
    const pods = await observe.pods()
    const groups = await observe.volumeGroupSnapshots()
    await observe.volumeSnapshots()
    await observe.pvcs()
    await namespace.apply(pvc('a', { cluster, size: sizes.small, labels: group }))
    await namespace.apply(pvc('b', { cluster, size: sizes.small, labels: group }))
    await namespace.apply(pvc('c', { cluster, size: sizes.small, labels: group }))
    await namespace.apply(podWithPvcs('writer', { cluster, pvcs: ['a', 'b', 'c'] }))
    await until(pods, podReady({ pod: 'writer' }), { within: limits.podReady })
    await writer.start()

    await namespace.apply(volumeGroupSnapshot('moment', { cluster, of: group }))
    const taken = volumeGroupSnapshotReady({ volumeGroupSnapshot: 'moment' })
    await expect(groups).toReach(taken, { within: limits.volumeSnapshotReady, as: 'ready' })
    await namespace.apply(pvc('a-then', { cluster, size: sizes.small, fromSnapshot: await memberOf(history, 'moment', 'a') }))
    await namespace.apply(pvc('b-then', { cluster, size: sizes.small, fromSnapshot: await memberOf(history, 'moment', 'b') }))
    await namespace.apply(pvc('c-then', { cluster, size: sizes.small, fromSnapshot: await memberOf(history, 'moment', 'c') }))
    await namespace.apply(podWithPvcs('reader', { cluster, pvcs: ['a-then', 'b-then', 'c-then'] }))
    await expect(pods).toReach(podReady({ pod: 'reader' }), { within: limits.podReady, as: 'restored' })
    await writer.stop('in the end')

    const first = await readWrites('reader', fixtures, '/data/a-then')
    const second = await readWrites('reader', fixtures, '/data/b-then')
    const third = await readWrites('reader', fixtures, '/data/c-then')
    await expect(history).toUphold(restoredInStep({ first, second }), { as: 'in-step' })
    await expect(history).toUphold(restoredInStep({ first: second, second: third }), { as: 'in-step' })
    await expect(history).toUphold(restoredInStep({ first, second: third }), { as: 'in-step' })
  },
)

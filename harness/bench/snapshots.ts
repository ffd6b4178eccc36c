import { field } from '../engine/object.ts'
import { podReady } from '../vocabulary/pod/conditions.ts'
import { volumeSnapshotReady } from '../vocabulary/snapshot/conditions.ts'
import { limits } from '../engine/limits.ts'
import { pvc } from '../vocabulary/pvc/persistent-volume-claim.ts'
import { pod } from '../vocabulary/pod/builders/pod.ts'
import { volumeSnapshot } from '../vocabulary/snapshot/volume-snapshot.ts'
import { gone, withBenchFixtures, reach } from './bench-fixtures.ts'
import type { Benchmark } from './figure.ts'
import { seconds, seenAt, sentAt } from './moments.ts'

const kind = 'VolumeSnapshot'
const source = 'source'

/** From a VolumeSnapshot of a volume that a Pod uses sent to ready to use. */
export const snapshotReady: Benchmark = {
  name: 'snapshot-ready',
  title: 'VolumeSnapshot of a volume in use created to ready to use',
  unit: 's',
  limit: 2,
  judged: 'median',
  needs: 'VolumeSnapshots',
  take: async (plan) =>
    withBenchFixtures('snapshot-ready', plan, async ({ namespace, observe, history, cluster }) => {
      const snapshots = await observe.volumeSnapshots()
      await namespace.apply(pvc(source, { cluster, size: '1Gi' }))
      await namespace.apply(pod(source, { cluster, pvc: source }))
      await reach(await observe.pods(), podReady({ pod: source }), limits.podReady)
      const values: number[] = []
      for (let round = 0; round < plan.rounds; round += 1) {
        const name = `snapshot-${round}`
        await namespace.apply(volumeSnapshot(name, { cluster, of: source }))
        await reach(snapshots, volumeSnapshotReady({ volumeSnapshot: name }), limits.volumeSnapshotReady)
        const ready = seenAt(history.entries, { kind, name }, (object) => field(object, 'status', 'readyToUse') === true)
        values.push(seconds(sentAt(history.entries, 'apply', { kind, name }), ready))
        await namespace.delete({ kind, name })
        await reach(snapshots, gone(kind, [name]), limits.objectDeleted)
      }
      return { values }
    }),
}

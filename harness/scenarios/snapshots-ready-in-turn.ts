import { laterSecond } from '../vocabulary/api/later-second.ts'
import { volumeSnapshotReady } from '../vocabulary/conditions.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { until } from '../engine/judge/matchers.ts'
import { volumeSnapshot } from '../vocabulary/objects.ts'
import type { Observer } from '../engine/watch/observer.ts'

/** VolumeSnapshots of one PersistentVolumeClaim, and where they are watched. */
export interface Turns {
  readonly fixtures: Pick<ScenarioFixtures, 'namespace' | 'cluster' | 'limits'>
  /** PersistentVolumeClaim. */
  readonly of: string
  /** Names, from the oldest to the newest. */
  readonly names: readonly string[]
  readonly volumeSnapshots: Observer
}

/** Takes VolumeSnapshots as a CronJob would, but a second apart: each is asked for once the one before is ready. */
export async function snapshotsReadyInTurn({ fixtures: { namespace, cluster, limits }, of, names, volumeSnapshots }: Turns): Promise<void> {
  for (const name of names) {
    await laterSecond()
    await namespace.apply(volumeSnapshot(name, { cluster, of }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: name }), { within: limits.volumeSnapshotReady })
  }
}

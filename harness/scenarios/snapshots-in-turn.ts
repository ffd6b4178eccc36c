import { laterSecond } from '../vocabulary/api/later-second.ts'
import { volumeSnapshot } from '../vocabulary/objects.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'

/** VolumeSnapshots of a PersistentVolumeClaim. */
export interface SnapshotsInTurn {
  readonly count: number
  /** PersistentVolumeClaim. */
  readonly of: string
  readonly labels?: Readonly<Record<string, string>>
  readonly fixtures: Pick<ScenarioFixtures, 'namespace' | 'cluster'>
}

/**
 * Asks for VolumeSnapshots `<name>-01`, `<name>-02` and so on, each a second after the one before, so that what sorts them by age knows their
 * order. What is created afterwards is younger than all of them.
 */
export async function snapshotsInTurn(name: string, { count, of, labels = {}, fixtures }: SnapshotsInTurn): Promise<void> {
  const { namespace, cluster } = fixtures
  for (let number = 1; number <= count; number += 1) {
    const { metadata, ...snapshot } = volumeSnapshot(`${name}-${String(number).padStart(2, '0')}`, { cluster, of })
    await namespace.apply({ ...snapshot, metadata: { ...metadata, labels } })
    await laterSecond()
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
export async function snapshotsInTurn({ fixtures: { namespace, cluster, limits }, of, names, volumeSnapshots }: Turns): Promise<void> {
  for (const name of names) {
    await laterSecond()
    await namespace.apply(volumeSnapshot(name, { cluster, of }))
    await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: name }), { within: limits.volumeSnapshotReady })
  }
}

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
 * Asks for VolumeSnapshots `<name>-01`, `<name>-02` and so on, each a second after the one before, so that what sorts them by age knows
 * their order. What is created afterwards is younger than all of them.
 */
export async function snapshotsInTurn(name: string, { count, of, labels = {}, fixtures }: SnapshotsInTurn): Promise<void> {
  const { namespace, cluster } = fixtures
  for (let number = 1; number <= count; number += 1) {
    const { metadata, ...snapshot } = volumeSnapshot(`${name}-${String(number).padStart(2, '0')}`, { cluster, of })
    await namespace.apply({ ...snapshot, metadata: { ...metadata, labels } })
    await laterSecond()
  }
}

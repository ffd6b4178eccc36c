import type { Moment } from '../vocabulary/data/holds-acknowledged-prefix.ts'
import { volumeSnapshotReady } from '../vocabulary/conditions.ts'
import { readWrites, type Writer } from '../vocabulary/data/writer-in.ts'
import type { ScenarioFixtures } from './scenario-fixtures.ts'
import { until } from '../engine/judge/matchers.ts'
import { directoryOfPvc, podWithPvcs, pvc, volumeSnapshot } from '../vocabulary/objects.ts'
import type { Observer } from '../engine/watch/observer.ts'

/** What VolumeSnapshots are taken of, and by whom it is written meanwhile. */
export interface Series {
  readonly fixtures: Pick<ScenarioFixtures, 'namespace' | 'cluster' | 'limits' | 'measure'>
  /** PersistentVolumeClaim of which they are taken. */
  readonly of: string
  readonly size: string
  readonly writer: Writer
  /** How many are taken. */
  readonly rounds: number
}

/** VolumeSnapshots taken one after the other under a writer, each restored to a volume of its own. */
export interface SnapshotsWhileWriting {
  /** Takes them all, each asked for when the one before is ready. Keeps what was acknowledged before and after each. */
  take(volumeSnapshots: Observer): Promise<void>
  /** Asks for a volume from each, and for Pods that mount several of them. */
  restore(): Promise<void>
  /** Names of the Pods that mount the restored volumes. */
  readonly readers: readonly string[]
  /** Reads every restored volume. */
  read(): Promise<readonly Moment[]>
}

const volumesOfAPod = 5

/** A series of VolumeSnapshots under a writer. Nothing is taken before `take` is called. */
export function snapshotsWhileWriting({ fixtures, of, size, writer, rounds }: Series): SnapshotsWhileWriting {
  const { namespace, cluster, limits } = fixtures
  const names = Array.from({ length: rounds }, (_, round) => `moment-${String(round + 1).padStart(2, '0')}`)
  const readers = Array.from({ length: Math.ceil(rounds / volumesOfAPod) }, (_, number) => ({
    pod: `reader-${number + 1}`,
    pvcs: names.slice(number * volumesOfAPod, (number + 1) * volumesOfAPod),
  }))
  const taken = new Map<string, Pick<Moment, 'before' | 'after'>>()
  const readOne = async (pod: string, pvcName: string): Promise<Moment | undefined> => {
    const around = taken.get(pvcName)
    const found = await readWrites(pod, fixtures, directoryOfPvc(pvcName))
    return around && { volumeSnapshot: pvcName, ...around, found }
  }
  return {
    readers: readers.map(({ pod }) => pod),
    async take(volumeSnapshots) {
      for (const name of names) {
        const before = await writer.position(`before ${name}`)
        await namespace.apply(volumeSnapshot(name, { cluster, of }))
        await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: name }), { within: limits.volumeSnapshotReady })
        taken.set(name, { before, after: await writer.position(`after ${name}`) })
      }
    },
    async restore() {
      for (const name of names) await namespace.apply(pvc(name, { cluster, size, fromSnapshot: name }))
      for (const { pod, pvcs } of readers) await namespace.apply(podWithPvcs(pod, { cluster, pvcs }))
    },
    async read() {
      const moments: Moment[] = []
      for (const { pod, pvcs } of readers) {
        for (const pvcName of pvcs) {
          const moment = await readOne(pod, pvcName)
          if (moment !== undefined) moments.push(moment)
        }
      }
      return moments
    },
  }
}

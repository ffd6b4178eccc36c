import type { CounterOf } from '../vocabulary/database/counters-complete.ts'
import type { MeasurementName } from '../engine/measurement.ts'
import { volumeSnapshotReady } from '../vocabulary/conditions.ts'
import { type Counter, readCounter } from '../vocabulary/database/counter-in.ts'
import { postgresIn } from '../vocabulary/database/postgres-in.ts'
import { until } from '../engine/judge/matchers.ts'
import { volumeSnapshot } from '../vocabulary/objects.ts'
import type { Observer } from '../engine/watch/observer.ts'
import { postgresFromSnapshot, type ServerFixtures } from './running-postgres.ts'

/** A PostgreSQL server whose volume is snapshotted, and the counter that writes to it meanwhile. */
export interface PostgresSeries {
  readonly fixtures: ServerFixtures
  /** PersistentVolumeClaim of the server. */
  readonly of: string
  readonly secret: string
  readonly counter: Counter
  readonly rounds: number
}

/** VolumeSnapshots of a server under committed writes, and a server on the volume restored from each. */
export interface PostgresSnapshots {
  /** Takes them all, each asked for when the one before is ready. Keeps what was acknowledged before and after each. */
  take(volumeSnapshots: Observer): Promise<void>
  /** Asks for a volume from each, and for a server on it. */
  restore(): Promise<void>
  /** Names of the Pods of those servers. */
  readonly servers: readonly string[]
  /** Reads the counter of each. */
  read(): Promise<readonly CounterOf[]>
  /** Looks for damage in each. */
  lookForDamage(): Promise<readonly MeasurementName[]>
}

/** A series of VolumeSnapshots of a PostgreSQL server. Nothing is taken before `take` is called. */
export function postgresSnapshots({ fixtures, of, secret, counter, rounds }: PostgresSeries): PostgresSnapshots {
  const { namespace, cluster, limits } = fixtures
  const names = Array.from({ length: rounds }, (_, round) => `moment-${round + 1}`)
  const taken = new Map<string, Pick<CounterOf, 'before' | 'after'>>()
  return {
    servers: names,
    async take(volumeSnapshots) {
      for (const name of names) {
        const before = await counter.position(`before ${name}`)
        await namespace.apply(volumeSnapshot(name, { cluster, of }))
        await until(volumeSnapshots, volumeSnapshotReady({ volumeSnapshot: name }), { within: limits.volumeSnapshotReady })
        taken.set(name, { before, after: await counter.position(`after ${name}`) })
      }
    },
    async restore() {
      for (const name of names) await postgresFromSnapshot(name, { snapshot: name, secret, fixtures })
    },
    async read() {
      const counters: CounterOf[] = []
      for (const [name, around] of taken) counters.push({ ...around, found: await readCounter(name, fixtures, 'restored') })
      return counters
    },
    async lookForDamage() {
      const looks: MeasurementName[] = []
      for (const name of names) looks.push(await postgresIn(name, fixtures).lookForDamage('restored'))
      return looks
    },
  }
}

import type { MeasurementName } from '../../engine/measurement.ts'
import { databaseThere, postgresIn } from './postgres-in.ts'
import { databaseQuery, shopTables } from './shop-script.ts'
import { type DataFixtures, workloadIn } from '../data/workload-in.ts'

/** What was read of a database. */
export interface FoundDatabase {
  /** Number and digest of the rows of each table; no table when there is no such database. */
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly digest: string | null }>>
  /** The last number that each sequence handed out. */
  readonly sequences: Readonly<Record<string, number>>
  /** Indexes, constraints and views, in words of SQL. */
  readonly definitions: readonly string[]
}

/** The database `shop` of a PostgreSQL server. What was read of it is kept in the history, outside the volume. */
export interface Shop {
  /** Makes the database and fills its tables, with the same rows every time. */
  make(): Promise<void>
  /** Reads every row of every table, and all that is defined. */
  read(label: string): Promise<MeasurementName>
}

/** Name of the database of a shop. */
export const shopDatabase = 'shop'

const nothing: FoundDatabase = { tables: {}, sequences: {}, definitions: [] }

/** The database `shop` of the PostgreSQL server in a Pod. */
export function shopIn(pod: string, fixtures: DataFixtures): Shop {
  const { keep } = workloadIn(pod, fixtures)
  const server = postgresIn(pod, fixtures)
  const shop = postgresIn(pod, fixtures, shopDatabase)
  return {
    async make() {
      await server.run(`create database ${shopDatabase}`)
      await shop.run(shopTables)
    },
    async read(label) {
      const there = await databaseThere(pod, fixtures, shopDatabase)
      const found = there ? (JSON.parse(await shop.run(databaseQuery)) as FoundDatabase) : nothing
      return keep('database', label, found)
    },
  }
}

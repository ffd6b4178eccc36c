import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundDatabase } from './shop-in.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Two readings of a database, of which the first one is what is to be. */
export interface DatabasePair {
  readonly expected: MeasurementName
  readonly actual: MeasurementName
}

/**
 * Two readings of a database are equal: the rows of every table, indexes, constraints and views. A sequence may be ahead, as it is after a
 * recovery, and never behind: it would hand out a number again.
 */
export const databasesEqual = defineCheck<DatabasePair>({
  name: 'databases-equal',
  reads: [],
  describe: ({ expected, actual }) =>
    `the database in ${describeMeasurement(actual)} equals that in ${describeMeasurement(expected)}, row by row`,
  judge: (pair, history) =>
    judged(pair, history, ({ before, after, entries }) => {
      const faults = differences(before, after)
      if (faults.length === 0) return { outcome: 'upheld', evaluated: Object.keys(before.tables).length }
      return violated(
        `Database in ${describeMeasurement(pair.actual)} is not what ${describeMeasurement(pair.expected)} held: ${faults.join('; ')}.`,
        {
          expected: worded(before),
          actual: worded(after),
          entries,
        },
      )
    }),
})

/** Of the tables of one reading, another has none with the same rows: what was lost stays lost. */
export const databaseLost = defineCheck<DatabasePair>({
  name: 'database-lost',
  reads: [],
  describe: ({ expected, actual }) => `nothing of the database in ${describeMeasurement(expected)} is in ${describeMeasurement(actual)}`,
  judge: (pair, history) =>
    judged(pair, history, ({ before, after, entries }) => {
      const kept = Object.keys(before.tables).filter((table) => after.tables[table]?.digest === before.tables[table]?.digest)
      if (kept.length === 0) return { outcome: 'upheld', evaluated: Object.keys(before.tables).length }
      return violated(
        `Database in ${describeMeasurement(pair.actual)} has what was lost: ${kept.join(', ')} as in ${describeMeasurement(pair.expected)}.`,
        {
          expected: 'none of these tables',
          actual: worded(after),
          entries,
        },
      )
    }),
})

interface Pair {
  readonly before: FoundDatabase
  readonly after: FoundDatabase
  readonly entries: readonly Measurement[]
}

function judged({ expected, actual }: DatabasePair, history: readonly HistoryEntry[], judge: (pair: Pair) => Judgement): Judgement {
  const before = measurementOf(history, { what: 'database', label: expected.label, subject: expected.pod })
  const after = measurementOf(history, { what: 'database', label: actual.label, subject: actual.pod })
  if (before === undefined) return inconclusive(`The database in ${describeMeasurement(expected)} was never read.`)
  if (after === undefined) return inconclusive(`The database in ${describeMeasurement(actual)} was never read.`)
  const pair = { before: before.value as FoundDatabase, after: after.value as FoundDatabase, entries: [before, after] }
  const rows = Object.values(pair.before.tables).reduce((sum, table) => sum + table.rows, 0)
  if (rows === 0)
    return inconclusive(`The database in ${describeMeasurement(expected)} has no rows: there is nothing to compare.`, [before.seq])
  return judge(pair)
}

function differences(before: FoundDatabase, after: FoundDatabase): readonly string[] {
  const names = [...new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])]
  const tables = names.flatMap((name) => {
    const [was, is] = [before.tables[name], after.tables[name]]
    if (is === undefined) return [`table ${name} is missing`]
    if (was === undefined) return [`table ${name} was not there`]
    if (was.rows !== is.rows) return [`table ${name} has ${is.rows} rows instead of ${was.rows}`]
    return was.digest === is.digest ? [] : [`rows of table ${name} differ`]
  })
  const behind = Object.entries(before.sequences).flatMap(([name, last]) => {
    const now = after.sequences[name]
    return now !== undefined && now >= last ? [] : [`sequence ${name} is at ${now ?? 'nothing'} instead of ${last}`]
  })
  const lost = before.definitions.filter((one) => !after.definitions.includes(one))
  const added = after.definitions.filter((one) => !before.definitions.includes(one))
  return [...tables, ...behind, ...lost.map((one) => `gone: ${one}`), ...added.map((one) => `new: ${one}`)].slice(0, 4)
}

function worded({ tables, sequences, definitions }: FoundDatabase): string {
  const each = Object.entries(tables).map(([name, { rows, digest }]) => `${name}: ${rows} rows ${digest ?? 'none'}`)
  const numbers = Object.entries(sequences).map(([name, last]) => `${name} at ${last}`)
  return [...each, ...numbers, ...definitions].join('\n') || 'no table'
}

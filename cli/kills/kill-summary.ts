import { table } from '../shell/table.ts'
import type { DeclaredPair } from './declared-pairs.ts'
import { type KillRecord, newest, pairKey } from './kill-record.ts'

/** A declared pair with its newest result on any version; without one it was never run. */
export interface PairResult {
  readonly pair: DeclaredPair
  readonly record: KillRecord | undefined
}

/** How many pairs came out how. */
interface Counts {
  readonly pairs: number
  readonly killed: number
  readonly alive: number
  readonly equivalent: number
  readonly neverRun: number
}

/** What some pairs have shown, and how long a kill took in seconds: absent where there is none. */
interface Figures extends Counts {
  readonly median?: number
  readonly longest?: number
}

/** The kill table in numbers. */
export interface KillSummary extends Figures {
  /** By what carries the mutant. */
  readonly byCarrier: readonly (Figures & { readonly carrier: string })[]
  /** Guarantees that no run has shown to fail, by id. */
  readonly neverSeenToFail: readonly string[]
  readonly results: readonly PairResult[]
}

/** Sums up what records show of the declared pairs. A pair counts by its newest result. */
export function killSummary(records: readonly KillRecord[], pairs: readonly DeclaredPair[]): KillSummary {
  const byPair = Map.groupBy(records, pairKey)
  const results = pairs.map((pair) => ({ pair, record: newest(byPair.get(pairKey(pair)) ?? []) }))
  const carriers = [...Map.groupBy(results, ({ pair }) => pair.carrier)].toSorted(([one], [other]) => one.localeCompare(other, 'en'))
  const failed = new Set(records.flatMap(({ outcome, guarantee }) => (outcome === 'killed' ? [guarantee] : [])))
  return {
    ...figuresOf(results),
    byCarrier: carriers.map(([carrier, some]) => ({ carrier, ...figuresOf(some) })),
    neverSeenToFail: [...new Set(pairs.map(({ guarantee }) => guarantee))].filter((id) => !failed.has(id)),
    results,
  }
}

function figuresOf(results: readonly PairResult[]): Figures {
  const count = (outcome: KillRecord['outcome'] | undefined) => results.filter(({ record }) => record?.outcome === outcome).length
  const seconds = results
    .flatMap(({ record }) => (record?.outcome === 'killed' && record.seconds !== undefined ? [record.seconds] : []))
    .toSorted((one, other) => one - other)
  const [median, longest] = [seconds[Math.floor(seconds.length / 2)], seconds.at(-1)]
  return {
    pairs: results.length,
    killed: count('killed'),
    alive: count('alive'),
    equivalent: count('equivalent'),
    neverRun: count(undefined),
    ...(median !== undefined && { median }),
    ...(longest !== undefined && { longest }),
  }
}

/** Seconds for a reader; empty where there are none. */
export function inSeconds(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${seconds.toFixed(1)} s`
}

/** The cells of the table by what carries the mutant, with its head and with all together in the last row. */
export function carrierRows(summary: KillSummary): readonly (readonly string[])[] {
  const head = ['mutants in', 'pairs', 'killed', 'alive', 'equivalent', 'never run', 'median', 'longest']
  const rows = [...summary.byCarrier, { carrier: 'all', ...summary }].map(
    ({ carrier, pairs, killed, alive, equivalent, neverRun, median, longest }) => [
      carrier,
      ...[pairs, killed, alive, equivalent, neverRun].map(String),
      inSeconds(median),
      inSeconds(longest),
    ],
  )
  return [head, ...rows]
}

/** The summary for the terminal. */
export function summaryLines(summary: KillSummary): readonly string[] {
  const { results, neverSeenToFail } = summary
  const alive = results.flatMap(({ record }) =>
    record?.outcome === 'alive' ? [`  ${record.mutant} under ${record.guarantee}: ${record.verdict}, ${record.why}`] : [],
  )
  const never = neverSeenToFail.map((id) => `  ${id}`)
  return [
    ...table(carrierRows(summary)),
    ...(alive.length === 0 ? [] : ['Alive:', ...alive]),
    ...(never.length === 0 ? ['Every guarantee was seen to fail.'] : [`Never seen to fail, ${never.length}:`, ...never]),
  ]
}

/** The summary as a document of JSON. */
export function summaryJson({ results, ...summary }: KillSummary): object {
  const of = (wanted: KillRecord['outcome']) => results.flatMap(({ record }) => (record?.outcome === wanted ? [record] : []))
  const neverRunPairs = results.flatMap(({ pair: { guarantee, mutant, component }, record }) =>
    record === undefined ? [{ guarantee, mutant, component }] : [],
  )
  return { ...summary, aliveRecords: of('alive'), neverRunPairs }
}

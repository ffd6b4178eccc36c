import type { Feature } from '../../contract/cluster-record.ts'
import type { BenchPlan } from './bench-fixtures.ts'
import { keptOrNot, spread, spreadLine } from './spread.ts'

/** Something to measure, and the value of it that must not be exceeded. */
export interface Subject {
  /** Short name, for programs. */
  readonly name: string
  /** What is measured, for people. */
  readonly title: string
  readonly unit: 's' | 'MB'
  readonly limit: number
  /** Which value the limit is about. */
  readonly judged: 'median' | 'largest'
}

/** What was measured: every value, and the parts they are made of, by what they are. */
export interface Taken {
  readonly values: readonly number[]
  readonly shares?: Readonly<Record<string, readonly number[]>>
}

/** Why something could not be measured on this cluster. */
export interface Untaken {
  readonly why: string
}

/** A measurement that can be made. */
export interface Benchmark extends Subject {
  /** What the cluster must have; `ImmediateBinding` is a StorageClass whose PVCs are bound before a Pod needs them. */
  readonly needs?: Feature | 'ImmediateBinding'
  readonly take: (plan: BenchPlan) => Promise<Taken | Untaken>
}

/** A measurement that was made, or could not be made. */
export type Figure = Subject & (Taken | Untaken)

/** Whether a figure holds its limit; one that could not be taken holds it as little as it breaks it. */
export function isKept(figure: Figure): boolean {
  return 'why' in figure || spread(figure.values)[figure.judged] <= figure.limit
}

/** A figure in a few lines: its values, its shares, its limit. */
export function figureLines(figure: Figure): readonly string[] {
  if ('why' in figure) return [figure.title, `  not measured: ${figure.why}`]
  const { title, unit, values, limit, judged, shares = {} } = figure
  return [
    title,
    spreadLine(`${values.length} ${values.length === 1 ? 'value' : 'values'}`, { values, unit }),
    ...Object.entries(shares).map(([share, all]) => spreadLine(`  ${share}`, { values: all, unit })),
    `  The limit is a ${judged} of ${limit} ${unit}: ${keptOrNot(isKept(figure))}.`,
  ]
}

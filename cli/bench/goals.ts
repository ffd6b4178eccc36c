import { table } from '../shell/table.ts'

/** What is to be reached: at most or at least a value, or at most so much more than what it is compared with. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number } | { readonly beyond: number } | { readonly share: number }

/** Something whose speed or size has a goal. */
export interface Goal {
  /** Short name, for programs. */
  readonly name: string
  /** What is measured, for people. */
  readonly title: string
  readonly unit: 's' | 'ms' | 'MB' | 'at a time'
  readonly bound: Bound
}

/** What was measured, value by value, and the values of what it is compared with, each taken beside the one at its place. */
export interface Measured {
  readonly values: readonly number[]
  readonly compared?: readonly number[]
}

/** A goal with what was measured, or why nothing was. */
export type GoalFigure = Goal & (Measured | { readonly why: string })

/** All goals of `holdfast bench goals`, by name. */
export const goals = {
  cluster: { title: 'cluster ready, against its nodes alone (kind create)', unit: 's', bound: { beyond: 5 } },
  standard: { title: 'profile standard, its cluster included', unit: 's', bound: { atMost: 480 } },
  parallel: { title: 'guarantees of standard judged at the same time', unit: 'at a time', bound: { atLeast: 4 } },
  'first-verdict': { title: 'start of standard to its first verdict', unit: 's', bound: { atMost: 60 } },
  runner: { title: 'memory of the runner of standard', unit: 'MB', bound: { atMost: 250 } },
  quick: { title: 'profile quick, its cluster included', unit: 's', bound: { atMost: 120 } },
  'inner-loop': { title: 'one suite on a kept cluster, beyond its own verdict', unit: 's', bound: { beyond: 8 } },
  control: { title: 'one control on a kept cluster, beyond its own verdict', unit: 's', bound: { beyond: 10 } },
  upstream: { title: "seven guarantees, against the four specs of upstream's e2e that judge the same", unit: 's', bound: { share: 1 / 3 } },
  'many-pvcs': { title: '100 PVCs created at once to all Bound', unit: 's', bound: { atMost: 15 } },
  events: { title: 'event to history under load, 99th percentile', unit: 'ms', bound: { atMost: 20 } },
} as const satisfies Readonly<Record<string, Omit<Goal, 'name'>>>

/** Name of a goal. */
export type GoalName = keyof typeof goals

/** The middle of some values: that which half of them do not exceed. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.ceil(values.length / 2) - 1] ?? Number.NaN
}

/** The value that 99 of 100 do not exceed. */
export function percentile99(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN
}

/** Whether the median of what was measured reaches its goal; undefined where nothing was measured. */
export function isReached(figure: GoalFigure): boolean | undefined {
  if ('why' in figure) return undefined
  const { bound, values, compared = [] } = figure
  if ('atMost' in bound) return medianOf(values) <= bound.atMost
  if ('atLeast' in bound) return medianOf(values) >= bound.atLeast
  // Each is compared with what was taken beside it: what slowed one down slowed down the other.
  const pairs = values.map((value, place) => [value, compared[place] ?? Number.NaN] as const)
  if ('beyond' in bound) return medianOf(pairs.map(([value, other]) => value - other)) <= bound.beyond
  return medianOf(pairs.map(([value, other]) => value / other)) <= bound.share
}

function wordsOf(bound: Bound, unit: Goal['unit']): string {
  if ('atMost' in bound) return `at most ${bound.atMost} ${unit}`
  if ('atLeast' in bound) return `at least ${bound.atLeast} ${unit}`
  if ('beyond' in bound) return `at most ${bound.beyond} ${unit} more`
  return `at most ${(100 * bound.share).toFixed(0)} % of it`
}

function spreadOf(values: readonly number[], unit: Goal['unit']): string {
  const format = (value: number) => value.toFixed(unit === 'MB' || unit === 'ms' ? 0 : 1)
  const [median, least, most] = [medianOf(values), Math.min(...values), Math.max(...values)].map(format)
  return values.length === 1 ? `${median} ${unit}` : `${median} ${unit} (${least} to ${most})`
}

/** The goals in lines: median and range of each, what it is compared with, the goal, and whether it was reached. */
export function goalLines(figures: readonly GoalFigure[]): readonly string[] {
  const rows = figures.map((figure) => {
    const { title, unit, bound } = figure
    if ('why' in figure) return [title, 'not measured', '', wordsOf(bound, unit), figure.why]
    const compared = figure.compared === undefined ? '' : `against ${spreadOf(figure.compared, unit)}`
    return [title, spreadOf(figure.values, unit), compared, wordsOf(bound, unit), isReached(figure) === true ? 'reached' : 'NOT reached']
  })
  return table(rows)
}

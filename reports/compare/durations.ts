import { secondsOf } from '../model/seconds.ts'
import type { Comparison, DurationChange } from './comparison.ts'
import { NotComparable } from './runs-of-side.ts'
import type { Judged } from './verdicts.ts'

/** What both sides say of the guarantees that both selected. */
export type InBoth = ReadonlyMap<string, readonly [before: readonly Judged[], after: readonly Judged[]]>

/** Runs of each side from which on their ranges show how far durations scatter. */
const runsForRange = 3

/** By how much a duration must have changed: by a factor, and by seconds. */
const least = {
  /** Where the ranges of several runs do not overlap. */
  ofRange: { factor: 1.25, seconds: 2 },
  /** Where too few runs are there to know the range: single guarantees of two runs of one platform lie up to that far apart. */
  ofOne: { factor: 4, seconds: 20 },
} as const

/** Too few runs of which one side was that much slower as a whole say nothing: a busy machine does not slow everything by one factor. */
const unsteady = 1.4

/** Guarantees below that say nothing of how slow a run was as a whole: they are mostly waiting. In seconds. */
const shortest = 1

/** Guarantees from which on their factors show how much slower a side was as a whole. Of fewer, what changed would set its own measure. */
const factorsForSlowness = 4

type Durations = Comparison['durations']

/**
 * Which guarantees took longer or shorter by more than the noise. Only those count that Passed in all runs of both sides: what failed took
 * as long as its limits. How much slower one side was as a whole is taken out first, by the median of the factors of all guarantees.
 * Throws `NotComparable` where durations are to gate and none of them can be judged.
 */
export function durationsOf(inBoth: InBoth, { gate }: Pick<Durations, 'gate'>): Durations {
  const pairs = [...inBoth].flatMap(([id, [before, after]]) => {
    const hasPassed = [...before, ...after].every(({ result }) => result.verdict === 'Passed' && result.endedAt !== undefined)
    return hasPassed ? [{ id, before: rangeOf(before), after: rangeOf(after) }] : []
  })
  const factors = pairs.flatMap(({ before, after }) =>
    before.median >= shortest && after.median >= shortest ? [after.median / before.median] : [],
  )
  const isShown = factors.length >= factorsForSlowness
  const slowness = isShown ? round(median(factors) ?? 1, 3) : 1
  const most = (runs: readonly number[]) => Math.max(0, ...runs)
  const isRange = Math.min(most(pairs.map(({ before }) => before.runs)), most(pairs.map(({ after }) => after.runs))) >= runsForRange
  const isSteady = Math.max(slowness, 1 / slowness) <= unsteady
  const judged = pairs.filter((pair) => isSteady || hasRange(pair))
  if (gate && judged.length === 0)
    throw new NotComparable(`Durations cannot gate: ${pairs.length === 0 ? whyNoPair : whyUnsteady}`, {
      fix: `Name ${runsForRange} runs or more of each side, or leave --gate-durations out.`,
    })
  const changes = judged.flatMap((pair) => changeOf(pair, slowness))
  return {
    compared: pairs.length,
    slowness,
    rule:
      isRange || isSteady
        ? `${isRange ? rules.ofRange : rules.ofOne}${isShown ? takenOut : notShown}`
        : `No change is told: ${whyUnsteady}`,
    gate,
    changes: changes.toSorted((a, b) => differenceOf(b, slowness) - differenceOf(a, slowness)),
  }
}

const whyNoPair = 'no guarantee Passed in all runs of both sides.'

const whyUnsteady = [
  `one side was more than ${unsteady} times as slow as a whole,`,
  `and it takes ${runsForRange} runs on each side to tell a guarantee from a busy machine.`,
].join(' ')

const notShown = `. Fewer than ${factorsForSlowness} guarantees do not show how slow a whole run was: nothing is taken out.`

const takenOut = ', with the slowness of the whole run taken out.'

const rules = {
  ofRange: [
    'A change is told where the ranges of the runs do not overlap and the medians differ',
    `by a factor of ${least.ofRange.factor} and by ${least.ofRange.seconds} s`,
  ].join(' '),
  ofOne: [
    `With fewer than ${runsForRange} runs on a side, a change is told where durations differ`,
    `by a factor of ${least.ofOne.factor} and by ${least.ofOne.seconds} s`,
  ].join(' '),
} as const

interface Pair {
  readonly id: string
  readonly before: DurationChange['before']
  readonly after: DurationChange['after']
}

function hasRange({ before, after }: Pair): boolean {
  return Math.min(before.runs, after.runs) >= runsForRange
}

function changeOf(pair: Pair, slowness: number): readonly DurationChange[] {
  const { id, before, after } = pair
  const wanted = hasRange(pair) ? least.ofRange : least.ofOne
  const [middle, from, to] = [after.median / slowness, after.least / slowness, after.most / slowness]
  const isApart = from > before.most || to < before.least
  const factor = round(middle / Math.max(before.median, 0.001), 3)
  const isEnough = Math.max(factor, 1 / factor) >= wanted.factor && Math.abs(middle - before.median) >= wanted.seconds
  return isApart && isEnough ? [{ id, direction: factor > 1 ? 'worse' : 'better', before, after, factor }] : []
}

/** Seconds by which a change differs from what the slowness of the whole run alone would make. */
function differenceOf({ before, after }: DurationChange, slowness: number): number {
  return Math.abs(after.median / slowness - before.median)
}

function rangeOf(judged: readonly Judged[]): DurationChange['before'] {
  const seconds = judged.map(({ result }) => secondsOf(result)).toSorted((a, b) => a - b)
  return { median: round(median(seconds) ?? 0, 3), least: seconds[0] ?? 0, most: seconds.at(-1) ?? 0, runs: seconds.length }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits)) || 10 ** -digits
}

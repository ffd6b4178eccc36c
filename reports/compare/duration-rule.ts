/** How long a guarantee took in the runs of one side, in seconds. */
export interface Took {
  readonly median: number
  readonly least: number
  readonly most: number
  readonly runs: number
}

/** What a guarantee took on both sides, where it Passed in all their runs. */
export interface TookOnBothSides {
  readonly id: string
  readonly before: Took
  readonly after: Took
}

/** What the rule makes of durations. */
export interface JudgedDurations {
  /** How much slower the later side was as a whole. */
  readonly slowness: number
  /** How many guarantees could be judged. */
  readonly judged: number
  /** By what rule, or why no change is told. */
  readonly rule: string
  /** Those that changed by more than the noise, the largest change first; `factor` is without the slowness of the whole. */
  readonly changes: readonly (TookOnBothSides & { readonly direction: 'worse' | 'better'; readonly factor: number })[]
}

/**
 * Tells durations that changed from those that scatter (docs/decisions/0054-worse-is-what-no-longer-holds.md). Its text is also part of the
 * page of a site that compares runs in a browser, so it uses nothing that is not its own.
 */
export function durationRule(pairs: readonly TookOnBothSides[]): JudgedDurations {
  /** Runs of each side from which on their ranges show how far durations scatter. */
  const runsForRange = 3
  /** Where ranges do not overlap, and where runs are too few to know them: single guarantees of like runs lie up to that far apart. */
  const [ofRange, ofOne] = [
    { factor: 1.25, seconds: 2 },
    { factor: 4, seconds: 20 },
  ]
  /** Too few runs of which one side was that much slower as a whole say nothing: a busy machine does not slow everything by one factor. */
  const unsteady = 1.4
  /** Guarantees below say nothing of how slow a run was as a whole: they are mostly waiting. In seconds. */
  const shortest = 1
  /** Guarantees from which on their factors show how much slower a side was. Of fewer, what changed would set its own measure. */
  const factorsForSlowness = 4

  const round = (value: number) => Number(value.toFixed(3)) || 0.001
  const hasRange = ({ before, after }: TookOnBothSides) => Math.min(before.runs, after.runs) >= runsForRange
  const factors = pairs
    .filter(({ before, after }) => before.median >= shortest && after.median >= shortest)
    .map(({ before, after }) => after.median / before.median)
    .toSorted((a, b) => a - b)
  const isShown = factors.length >= factorsForSlowness
  const middle = (factors[Math.floor((factors.length - 1) / 2)] ?? 1) + (factors[Math.floor(factors.length / 2)] ?? 1)
  const slowness = isShown ? round(middle / 2) : 1
  const isSteady = Math.max(slowness, 1 / slowness) <= unsteady
  const judged = pairs.filter((pair) => isSteady || hasRange(pair))

  const changes = judged.flatMap((pair) => {
    const { before, after } = pair
    const wanted = hasRange(pair) ? ofRange : ofOne
    const median = after.median / slowness
    const isApart = after.least / slowness > before.most || after.most / slowness < before.least
    const factor = round(median / Math.max(before.median, 0.001))
    const seconds = Math.abs(median - before.median)
    if (!isApart || Math.max(factor, 1 / factor) < wanted.factor || seconds < wanted.seconds) return []
    return [{ change: { ...pair, direction: factor > 1 ? ('worse' as const) : ('better' as const), factor }, seconds }]
  })

  const longest = (side: 'before' | 'after') => Math.max(0, ...pairs.map((pair) => pair[side].runs))
  const isRange = Math.min(longest('before'), longest('after')) >= runsForRange
  const by = ({ factor, seconds }: typeof ofOne) => `by a factor of ${factor} and by ${seconds} s`
  const told = isRange
    ? `A change is told where the ranges of the runs do not overlap and the medians differ ${by(ofRange)}`
    : `With fewer than ${runsForRange} runs on a side, a change is told where durations differ ${by(ofOne)}`
  const end = isShown
    ? ', with the slowness of the whole run taken out.'
    : `. Fewer than ${factorsForSlowness} guarantees do not show how slow a whole run was: nothing is taken out.`
  const tooFew = `and it takes ${runsForRange} runs on each side to tell a guarantee from a busy machine.`
  return {
    slowness,
    judged: judged.length,
    rule:
      isRange || isSteady ? `${told}${end}` : `No change is told: one side was more than ${unsteady} times as slow as a whole, ${tooFew}`,
    changes: changes.toSorted((a, b) => b.seconds - a.seconds).map(({ change }) => change),
  }
}

import { secondsOf } from '../model/seconds.ts'
import type { Comparison, DurationChange } from './comparison.ts'
import { durationRule } from './duration-rule.ts'
import { NotComparable } from './runs-of-side.ts'
import type { Judged } from './verdicts.ts'

/** What both sides say of the guarantees that both selected. */
export type InBoth = ReadonlyMap<string, readonly [before: readonly Judged[], after: readonly Judged[]]>

type Durations = Comparison['durations']

/**
 * Which guarantees took longer or shorter by more than the noise. Only those count that Passed in all runs of both sides: what failed took
 * as long as its limits. Throws `NotComparable` where durations are to gate and none of them can be judged.
 */
export function durationsOf(inBoth: InBoth, { gate }: Pick<Durations, 'gate'>): Durations {
  const pairs = [...inBoth].flatMap(([id, [before, after]]) => {
    const hasPassed = [...before, ...after].every(({ result }) => result.verdict === 'Passed' && result.endedAt !== undefined)
    return hasPassed ? [{ id, before: rangeOf(before), after: rangeOf(after) }] : []
  })
  const { slowness, judged, rule, changes } = durationRule(pairs)
  if (gate && judged === 0)
    throw new NotComparable(
      `Durations cannot gate: ${pairs.length === 0 ? 'no guarantee Passed in all runs of both sides.' : rule.replace(/^No change is told: /, '')}`,
      { fix: 'Name 3 runs or more of each side, or leave --gate-durations out.' },
    )
  return { compared: pairs.length, slowness, rule, gate, changes: [...changes] }
}

function rangeOf(judged: readonly Judged[]): DurationChange['before'] {
  const seconds = judged.map(({ result }) => secondsOf(result)).toSorted((a, b) => a - b)
  const middle = [Math.floor((seconds.length - 1) / 2), Math.floor(seconds.length / 2)].map((place) => seconds[place] ?? 0)
  const median = Number((middle.reduce((sum, each) => sum + each, 0) / 2).toFixed(3)) || 0.001
  return { median, least: seconds[0] ?? 0, most: seconds.at(-1) ?? 0, runs: seconds.length }
}

import type { Stretch } from './stretches.ts'

/** All stretches of one name, in seconds. */
export interface Total {
  readonly name: string
  readonly seconds: number
  readonly count: number
  readonly longest: number
}

/** Adds stretches up by a name, the largest sum first. */
export function totals(stretches: readonly Stretch[], nameOf: (stretch: Stretch) => string): readonly Total[] {
  return [...Map.groupBy(stretches, nameOf)]
    .map(([name, some]) => ({
      name,
      seconds: some.reduce((sum, { seconds }) => sum + seconds, 0),
      count: some.length,
      longest: Math.max(...some.map(({ seconds }) => seconds)),
    }))
    .toSorted((one, other) => other.seconds - one.seconds)
}

/** Sums as the rows of a Markdown table: seconds, share of all, how many, seconds each, the longest. */
export function tableOf(title: string, sums: readonly Total[], all: number): string {
  const cells = sums.map(({ name, seconds, count, longest }) => [
    name,
    seconds.toFixed(1),
    `${((100 * seconds) / all).toFixed(1)} %`,
    String(count),
    (seconds / count).toFixed(2),
    longest.toFixed(1),
  ])
  const rows = [[title, 'seconds', 'share', 'times', 'each', 'longest'], ['---', '--:', '--:', '--:', '--:', '--:'], ...cells]
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** Median, 99th percentile and largest of some values. */
export interface Spread {
  readonly median: number
  readonly p99: number
  readonly largest: number
}

/** Median, 99th percentile (the value that 99 of 100 do not exceed) and largest. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
  return { median: at(0.5), p99: at(0.99), largest: at(1) }
}

/** One line for some values in their unit: what they are of, then their spread, or the value where there is only one. */
export function spreadLine(label: string, { values, unit }: { readonly values: readonly number[]; readonly unit: string }): string {
  const format = (value: number) => `${value.toFixed(unit === 's' ? 2 : 1)} ${unit}`
  const { median, p99, largest } = spread(values)
  const words =
    values.length === 1 ? format(median) : `median ${format(median).padEnd(10)}p99 ${format(p99).padEnd(10)}largest ${format(largest)}`
  return `  ${label.padEnd(56)}${words}`
}

/** The words for a limit that was held or not. */
export function keptOrNot(kept: boolean): string {
  return kept ? 'kept' : 'not kept'
}

import type { VerdictTable } from './verdict-table.ts'

/** What a guarantee came out as, in one of two runs. */
export interface ComparedVerdict {
  readonly verdict: string
  /** Cause and seconds, as far as there are any. */
  readonly text: string
}

/** What differs between two runs, in the words of the page. */
export interface VerdictChanges {
  readonly summary: string
  /** Guarantees with another verdict: those that Passed before first. */
  readonly verdicts: readonly { readonly id: string; readonly before: ComparedVerdict; readonly after: ComparedVerdict }[]
  /** Guarantees with the same verdict that took at least twice or at most half as long, and 5 s more or less. */
  readonly times: readonly { readonly id: string; readonly before: string; readonly after: string }[]
  /** Ids of the guarantees that only one of the runs selected. */
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
}

/**
 * Compares two rows of a table by their places. Its text is also part of the page that compares runs in a browser, so it uses nothing that
 * is not its own.
 */
export function verdictChanges(table: VerdictTable, [from, to]: readonly [number, number]): VerdictChanges {
  const before = table.runs[from]
  const after = table.runs[to]
  if (before === undefined || after === undefined) throw new Error('There is no such run.')
  const told = (row: typeof before, at: number) => {
    const seconds = row.seconds[at] ?? null
    const parts = [row.causes[at], seconds === null ? undefined : `${seconds} s`]
    return { verdict: table.letters[row.verdicts.charAt(at)] ?? 'not selected', text: parts.filter(Boolean).join(' ') }
  }
  const verdicts: { id: string; before: ComparedVerdict; after: ComparedVerdict }[] = []
  const times: { id: string; before: string; after: string }[] = []
  const onlyBefore: string[] = []
  const onlyAfter: string[] = []
  let both = 0
  for (const [at, id] of table.guarantees.entries()) {
    const letters = [before.verdicts.charAt(at), after.verdicts.charAt(at)]
    if (letters[0] !== '-' && letters[1] !== '-') {
      both += 1
      const seconds = [before.seconds[at] ?? null, after.seconds[at] ?? null]
      const less = Math.min(seconds[0] ?? 0, seconds[1] ?? 0)
      const more = Math.max(seconds[0] ?? 0, seconds[1] ?? 0)
      if (letters[0] !== letters[1]) verdicts.push({ id, before: told(before, at), after: told(after, at) })
      else if (seconds[0] !== null && seconds[1] !== null && more >= less * 2 && more - less >= 5)
        times.push({ id, before: `${seconds[0]} s`, after: `${seconds[1]} s` })
    } else if (letters[0] !== '-') onlyBefore.push(id)
    else if (letters[1] !== '-') onlyAfter.push(id)
  }
  verdicts.sort((one, other) => Number(other.before.verdict === 'Passed') - Number(one.before.verdict === 'Passed'))
  const otherwise = verdicts.length === 0 ? 'all with the same verdict' : `${verdicts.length} with another verdict`
  return { summary: `Guarantees in both runs: ${both}, ${otherwise}.`, verdicts, times, onlyBefore, onlyAfter }
}

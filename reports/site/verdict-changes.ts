import type { JudgedDurations, TookOnBothSides } from '../compare/duration-rule.ts'
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
  /** Guarantees that took longer or shorter by more than the noise, and by what rule. */
  readonly durations: Pick<JudgedDurations, 'rule'> & {
    readonly changes: readonly { readonly id: string; readonly before: string; readonly after: string }[]
  }
  /** Ids of the guarantees that only one of the runs selected. */
  readonly onlyBefore: readonly string[]
  readonly onlyAfter: readonly string[]
}

/**
 * Compares two rows of a table by their places, and durations by a rule. Its text is also part of the page that compares runs in a browser,
 * so it uses nothing that is not its own or given.
 */
export function verdictChanges(
  table: VerdictTable,
  [from, to]: readonly [number, number],
  durationRule: (pairs: readonly TookOnBothSides[]) => JudgedDurations,
): VerdictChanges {
  const before = table.runs[from]
  const after = table.runs[to]
  if (before === undefined || after === undefined) throw new Error('There is no such run.')
  const told = (row: typeof before, at: number) => {
    const seconds = row.seconds[at] ?? null
    const parts = [row.causes[at], seconds === null ? undefined : `${seconds} s`]
    return { verdict: table.letters[row.verdicts.charAt(at)] ?? 'not selected', text: parts.filter(Boolean).join(' ') }
  }
  const of = (seconds: number) => ({ median: seconds, least: seconds, most: seconds, runs: 1 })
  const verdicts: { id: string; before: ComparedVerdict; after: ComparedVerdict }[] = []
  const took: TookOnBothSides[] = []
  const onlyBefore: string[] = []
  const onlyAfter: string[] = []
  let both = 0
  for (const [at, id] of table.guarantees.entries()) {
    const letters = [before.verdicts.charAt(at), after.verdicts.charAt(at)]
    if (letters[0] !== '-' && letters[1] !== '-') {
      both += 1
      if (letters[0] !== letters[1]) verdicts.push({ id, before: told(before, at), after: told(after, at) })
      const [first, second] = [before.seconds[at] ?? null, after.seconds[at] ?? null]
      if (letters.every((letter) => table.letters[letter] === 'Passed') && first !== null && second !== null)
        took.push({ id, before: of(first), after: of(second) })
    } else if (letters[0] !== '-') onlyBefore.push(id)
    else if (letters[1] !== '-') onlyAfter.push(id)
  }
  verdicts.sort((one, other) => Number(other.before.verdict === 'Passed') - Number(one.before.verdict === 'Passed'))
  const otherwise = verdicts.length === 0 ? 'all with the same verdict' : `${verdicts.length} with another verdict`
  const { rule, changes } = durationRule(took)
  return {
    summary: `Guarantees in both runs: ${both}, ${otherwise}.`,
    verdicts,
    durations: { rule, changes: changes.map((one) => ({ id: one.id, before: `${one.before.median} s`, after: `${one.after.median} s` })) },
    onlyBefore,
    onlyAfter,
  }
}

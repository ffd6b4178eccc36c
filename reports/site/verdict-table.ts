import { runTitle } from './run-words.ts'
import type { SiteRun } from './site-run.ts'

/** What every run says of every guarantee, small enough to stand in a page: `verdicts.json`. */
export interface VerdictTable {
  readonly apiVersion: 'holdfast.dev/v1alpha1'
  readonly kind: 'VerdictTable'
  /** Verdicts by the letter that stands for them in `verdicts`; `-` is for what was not selected. */
  readonly letters: Readonly<Record<string, string>>
  /** Ids of the guarantees, sorted. The other lists follow this order. */
  readonly guarantees: readonly string[]
  /** From the oldest to the newest. */
  readonly runs: readonly VerdictRow[]
}

/** What one run says. */
export interface VerdictRow {
  readonly name: string
  readonly title: string
  /** A letter for each guarantee. */
  readonly verdicts: string
  /** Seconds that each guarantee took; null where it did not run. */
  readonly seconds: readonly (number | null)[]
  /** Why a guarantee is not Passed, by its place in the list. */
  readonly causes: Readonly<Record<string, string>>
}

/** The verdicts by the letter that stands for them. */
export const letters = { P: 'Passed', F: 'Failed', I: 'Inconclusive', N: 'NotSupported' } as const
const letterOf = new Map(Object.entries(letters).map(([letter, verdict]) => [verdict, letter]))

/** Puts the verdicts of runs into one table; the runs stay in their order. */
export function verdictTable(runs: readonly SiteRun[]): VerdictTable {
  const guarantees = [...new Set(runs.flatMap((run) => run.guarantees.map(({ id }) => id)))].toSorted()
  return {
    apiVersion: 'holdfast.dev/v1alpha1',
    kind: 'VerdictTable',
    letters,
    guarantees,
    runs: runs.map((run) => {
      const verdicts = new Map(run.guarantees.map((guarantee) => [guarantee.id, guarantee]))
      const each = guarantees.map((id) => verdicts.get(id))
      return {
        name: run.name,
        title: runTitle(run),
        verdicts: each.map((one) => (one === undefined ? '-' : letterOf.get(one.verdict))).join(''),
        seconds: each.map((one) => one?.seconds ?? null),
        causes: Object.fromEntries(each.flatMap((one, at) => (one?.cause === undefined ? [] : [[String(at), one.cause]]))),
      }
    }),
  }
}

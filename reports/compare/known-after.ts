import type { ListedFailure } from '../known-failures/known-failure.ts'
import { type EntryOutcome, settle } from '../known-failures/outcome.ts'
import { knownIn, type ReportedEntry } from '../known-failures/section.ts'
import type { EntryAfter, KnownEntry } from './comparison.ts'
import type { ReportedRun, RunsOfSide } from './runs-of-side.ts'

/** A file of known failures, as it was read. */
export interface GivenFailures {
  readonly text: string
  readonly entries: readonly ListedFailure[]
}

/** What of the side after is known. */
export interface KnownAfter {
  /** Each entry of the file, and what became of it. */
  readonly entries: readonly EntryAfter[]
  /**
   * The entries by which failures are known; none where one of these guarantees passed in all runs, or a run in which it did not pass is
   * not known.
   */
  readonly by: (guarantees: readonly string[]) => readonly KnownEntry[]
}

/**
 * What a run says of an entry counts before what another run of its side says, in this order. So an entry passes again only where its
 * guarantee passed in every run that selected it.
 */
const tellingFirst: readonly EntryOutcome[] = ['expired', 'known', 'matches nothing', 'does not apply', 'passes again', 'not selected']

/** What becomes of known failures on the side after: in each of its runs on its platform and its day. */
export function knownAfter({ runs }: RunsOfSide, given: readonly ListedFailure[]): KnownAfter {
  const settled = runs.map((run) => ({ run, entries: settledIn(run, given) }))
  const entries = given.flatMap((_, at) => {
    const found = settled.flatMap(({ entries: some }) => some[at] ?? [])
    return tellingFirst.flatMap((outcome) => found.find((entry) => entry.outcome === outcome) ?? []).slice(0, 1)
  })
  const byOne = (id: string): readonly ReportedEntry[] => {
    const failed = settled.filter(({ run }) => run.report.guarantees.some((result) => result.id === id && result.verdict !== 'Passed'))
    const known = failed.flatMap((each) => knownIn(each, id) ?? [])
    return known.length === failed.length ? known : []
  }
  return {
    entries,
    by: (guarantees) => {
      const each = guarantees.map(byOne)
      const lines = new Map(each.flat().map((entry) => [entry.line, knownEntryOf(entry)]))
      return each.some((known) => known.length === 0) ? [] : [...lines.values()]
    },
  }
}

/** The first reports did not say what they left out, so nothing can be concluded of a guarantee that they do not have. */
function settledIn({ report }: ReportedRun, given: readonly ListedFailure[]): EntryAfter[] {
  const { guarantees, cluster, run } = report
  const skipped = report.apiVersion === 'holdfast.dev/v1alpha1' ? given.map(({ guarantee: id }) => ({ id })) : report.skipped
  const settled = settle(given, { guarantees, skipped, cluster }, run.startedAt.slice(0, 10))
  return settled.map(({ entry, outcome, says }) => ({ ...entry, outcome, says, run: run.id }))
}

function knownEntryOf({ line, why, link, owner, expires }: ReportedEntry): KnownEntry {
  return { line, why, link, owner, expires }
}

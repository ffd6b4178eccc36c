import { interruptedReason } from '../../contract/interrupted-reason.ts'
import { didYouMean } from '../../contract/nearest-name.ts'
import { type Platform, whyNotHere } from './condition.ts'
import { describes, type Judged, knownBy } from './is-known.ts'
import type { ListedFailure } from './known-failure.ts'

/** What can become of an entry in a run. */
export const entryOutcomes = ['known', 'expired', 'passes again', 'matches nothing', 'does not apply', 'not selected'] as const

/** What became of an entry in a run. */
export type EntryOutcome = (typeof entryOutcomes)[number]

/** Outcomes that break the gate: the file no longer says what is so. */
export const breakingOutcomes: readonly EntryOutcome[] = ['expired', 'passes again', 'matches nothing']

/** A run as far as known failures look at it; a report is one. */
export interface JudgedRun {
  readonly guarantees: readonly (Judged & { readonly startedAt?: string | undefined })[]
  readonly skipped: readonly { readonly id: string }[]
  readonly cluster: Platform
}

/** An entry, what became of it, and that in words. */
export interface SettledEntry {
  readonly entry: ListedFailure
  readonly outcome: EntryOutcome
  /** A sentence, and what to do about it where it breaks the gate. */
  readonly says: string
}

/** What becomes of each entry in a run, where `day` is the day of the run in UTC, such as `2026-11-30`. */
export function settle(entries: readonly ListedFailure[], run: JudgedRun, day: string): readonly SettledEntry[] {
  return entries.map((entry) => ({ entry, ...outcomeOf(entry, { entries, run, day }) }))
}

interface Context {
  readonly entries: readonly ListedFailure[]
  readonly run: JudgedRun
  readonly day: string
}

function outcomeOf(entry: ListedFailure, { entries, run, day }: Context): Omit<SettledEntry, 'entry'> {
  const { guarantee: id, verdict, reason, expires } = entry
  const judged = run.guarantees.find((guarantee) => guarantee.id === id)
  if (judged === undefined && run.skipped.some((skipped) => skipped.id === id))
    return { outcome: 'not selected', says: `${id} was not selected.` }
  if (judged === undefined) {
    const near = didYouMean(
      id,
      [...run.guarantees, ...run.skipped].map((guarantee) => guarantee.id),
    )
    return { outcome: 'matches nothing', says: `There is no guarantee ${id}.${near} Remove the entry, or correct its id.` }
  }
  const why = whyNotHere(entry.when, run.cluster) ?? whyNotJudged(judged)
  if (why !== undefined) return { outcome: 'does not apply', says: `The entry of ${id} does not apply: ${why}.` }
  if (judged.verdict === 'Passed') return { outcome: 'passes again', says: `${id} Passed, and is listed as ${verdict}. Remove the entry.` }
  const cause = causeOf(judged)
  if (!describes(entry, judged)) {
    const other = entries.find((one) => one !== entry && describes(one, judged) && whyNotHere(one.when, run.cluster) === undefined)
    if (other !== undefined)
      return { outcome: 'does not apply', says: `The entry of ${id} does not apply: it failed as the entry on line ${other.line} says.` }
    const listed = judged.verdict === verdict ? `with the reason "${reason ?? ''}"` : `as ${verdict}`
    const fix = judged.verdict === verdict ? 'Remove the entry, or correct its reason.' : 'Remove the entry, or correct its verdict.'
    return { outcome: 'matches nothing', says: `${id} is ${judged.verdict}${cause}, and is listed ${listed}. ${fix}` }
  }
  if (day <= expires) return { outcome: 'known', says: `${id} is ${verdict}, which is known until ${expires}.` }
  const excused = knownBy(judged, { entries, platform: run.cluster, day })
  const fix = excused === undefined ? 'Mend what fails, or agree on a later day.' : `Remove the entry: line ${excused.line} says the same.`
  return { outcome: 'expired', says: `${id} is still ${verdict}, and was accepted until ${expires} only. ${fix}` }
}

/** Why nothing can be said of a guarantee, as the end of a sentence; undefined where it was judged. */
export function whyNotJudged({ verdict, reasons, startedAt }: JudgedRun['guarantees'][number]): string | undefined {
  if (verdict === 'NotSupported') return 'the guarantee is NotSupported here'
  if (startedAt === undefined) return 'the guarantee was never started'
  return reasons[0]?.summary === interruptedReason ? 'the run was interrupted before the guarantee was judged' : undefined
}

function causeOf({ reasons }: Judged): string {
  const line = reasons[0]?.summary.split('\n')[0]
  return line === undefined ? '' : ` (${line.replace(/\.$/, '')})`
}

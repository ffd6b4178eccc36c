import type { HistoryEntry } from '../history/history-entry.ts'
import type { Reason } from '../history/judgement-record.ts'

/** What a check finds in a history. `evaluated` counts the entries it judged; a check that evaluated none is inconclusive. */
export type Judgement =
  | { readonly outcome: 'upheld'; readonly evaluated: number }
  | { readonly outcome: 'violated'; readonly reason: Reason }
  | { readonly outcome: 'inconclusive'; readonly reason: Reason }

/** A pure judgement over a history: no clock, no cluster, no state. */
export interface Check {
  readonly name: string
  readonly params: unknown
  readonly description: string
  /** Kinds whose observations decide. Each must be watched from before the first act; a gap in one of them leaves the check undecided. */
  readonly reads: readonly string[]
  judge(history: readonly HistoryEntry[]): Judgement
}

/** A state that a wait waits for, read from a history alone. */
export interface Condition {
  readonly name: string
  readonly params: unknown
  readonly description: string
  /** Kinds whose observations decide whether it holds. Each must be watched; a gap in one of them leaves the wait undecided. */
  readonly reads: readonly string[]
  holds(history: readonly HistoryEntry[]): boolean
  /** Says why the condition can no longer come true, or undefined while it can. */
  unreachable?(history: readonly HistoryEntry[]): string | undefined
  /** What was seen instead, in a few words, for the error message. */
  seen?(history: readonly HistoryEntry[]): string
}

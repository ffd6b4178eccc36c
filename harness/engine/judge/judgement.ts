import type { Judgement } from './check.ts'
import type { Gap, HistoryEntry } from '../history/history-entry.ts'
import { pluralOf } from '../object.ts'

/** A judgement that the system broke the sentence. `entries` are those that show it. */
export function violated(
  summary: string,
  { entries, ...reason }: { readonly expected?: string; readonly actual?: string; readonly entries: readonly { readonly seq: number }[] },
): Judgement {
  return { outcome: 'violated', reason: { summary, ...reason, entries: entries.map((entry) => entry.seq) } }
}

/** A judgement that evidence is missing. `entries` are the numbers of those that show why. */
export function inconclusive(summary: string, entries: readonly number[] = []): Judgement {
  return { outcome: 'inconclusive', reason: { summary, entries } }
}

/** The first gap in one of the kinds, or undefined when the history of all of them is whole. */
export function gapIn(history: readonly HistoryEntry[], kinds: readonly string[]): Gap | undefined {
  return history.find((entry): entry is Gap => entry.type === 'gap' && kinds.includes(entry.kind))
}

/** A gap in one sentence. */
export function describeGap({ kind, reason }: Gap): string {
  return reason.includes(pluralOf(kind)) ? reason : `The watch of ${pluralOf(kind)} may have missed events: ${reason}`
}

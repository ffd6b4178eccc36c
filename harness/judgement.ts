import type { Judgement } from './check.ts'
import type { Gap, HistoryEntry } from './history-entry.ts'

/** The system broke the sentence. */
export function violated(
  summary: string,
  { entries, ...reason }: { readonly expected?: string; readonly actual?: string; readonly entries: readonly { readonly seq: number }[] },
): Judgement {
  return { outcome: 'violated', reason: { summary, ...reason, entries: entries.map((entry) => entry.seq) } }
}

/** We could not tell. */
export function inconclusive(summary: string, entries: readonly number[] = []): Judgement {
  return { outcome: 'inconclusive', reason: { summary, entries } }
}

/** Inconclusive when the watch of one of the kinds may have missed something, else undefined. */
export function gapIn(history: readonly HistoryEntry[], kinds: readonly string[]): Judgement | undefined {
  const gap = history.find((entry): entry is Gap => entry.type === 'gap' && kinds.includes(entry.kind))
  if (gap === undefined) return undefined
  return inconclusive(`The watch of ${gap.kind} objects may have missed events: ${gap.reason}`, [gap.seq])
}

import type { Act, HistoryEntry, Mark } from '../history/history-entry.ts'
import { pluralOf } from '../object.ts'

/** Seconds between the answer to a request and its event, from which on a watch is called late. */
const late = 1

/**
 * Why something may have been seen too late though nothing was missed, in one clause: a watch of one of the kinds was closed or silent, or
 * it brought what the API server had accepted seconds after the answer. Both times are those of this process. Undefined where the watches
 * were prompt.
 */
export function latenessIn(history: readonly HistoryEntry[], kinds: readonly string[]): string | undefined {
  const mark = history.find((entry): entry is Mark => entry.type === 'mark' && kinds.includes(entry.lateWatchOf ?? ''))
  if (mark?.lateWatchOf !== undefined) return `the watch of ${pluralOf(mark.lateWatchOf)} was late: ${mark.name}`
  const slowest = history
    .filter((entry): entry is Act => entry.type === 'act' && entry.phase === 'accepted' && kinds.includes(entry.subject.kind))
    .map((act) => ({ act, seconds: secondsUntilSeen(act, history) }))
    .toSorted((a, b) => b.seconds - a.seconds)[0]
  if (slowest === undefined || slowest.seconds < late) return undefined
  const { kind, name } = slowest.act.subject
  return `the watch of ${pluralOf(kind)} was late: it brought ${name} ${slowest.seconds.toFixed(1)} s after the API server had accepted it.`
}

/** From the answer to an act until the watch brought the object as it was answered; 0 where it never did, which is no lateness. */
function secondsUntilSeen({ seq, at, answer, subject }: Act, history: readonly HistoryEntry[]): number {
  const stored = /^resourceVersion (\d+)$/.exec(answer?.message ?? '')?.[1]
  if (stored === undefined) return 0
  const seen = history
    .slice(seq)
    .find((entry) => entry.type === 'observation' && entry.kind === subject.kind && entry.object.metadata.resourceVersion === stored)
  return seen === undefined ? 0 : (Date.parse(seen.at) - Date.parse(at)) / 1000
}

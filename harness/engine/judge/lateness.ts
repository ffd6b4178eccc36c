import type { HistoryEntry } from '../history/history-entry.ts'
import { pluralOf } from '../object.ts'

/** Seconds between the answer to a request and its event, from which on a watch is called late. */
const late = 1

/** A watch that was late: by how many seconds, and what shows it. */
interface Lateness {
  readonly kind: string
  readonly seconds: number
  readonly shownBy: string
}

/**
 * Why something may have been seen too late though nothing was missed, in one clause: a watch of one of the kinds was closed, silent or
 * behind, or it brought what the API server had accepted seconds after the answer. Of several the latest is named, the one that was late by
 * most. What was over before `since`, the beginning of a wait, does not matter to it. All times are those of this process. Undefined where
 * the watches were prompt.
 */
export function latenessIn(history: readonly HistoryEntry[], kinds: readonly string[], since?: string): string | undefined {
  const from = since === undefined ? 0 : Date.parse(since)
  const latest = history.flatMap((entry) => latenessOf(entry, { history, kinds, from })).toSorted((a, b) => b.seconds - a.seconds)[0]
  return latest && `the watch of ${pluralOf(latest.kind)} was late: ${latest.shownBy}`
}

interface Within {
  readonly history: readonly HistoryEntry[]
  readonly kinds: readonly string[]
  readonly from: number
}

/** The lateness that one entry shows: a mark of it, or an act that was answered long before the watch brought what it stored. */
function latenessOf(entry: HistoryEntry, { history, kinds, from }: Within): readonly Lateness[] {
  if (entry.type === 'mark' && entry.lateWatchOf !== undefined) {
    if (!kinds.includes(entry.lateWatchOf) || Date.parse(entry.at) < from) return []
    // A mark without a number is of a version that named the first one.
    return [{ kind: entry.lateWatchOf, seconds: entry.lateBy ?? Infinity, shownBy: entry.name }]
  }
  if (entry.type !== 'act' || entry.phase !== 'accepted' || !kinds.includes(entry.subject.kind)) return []
  const { kind, name } = entry.subject
  const stored = /^resourceVersion (\d+)$/.exec(entry.answer?.message ?? '')?.[1]
  const seen = history
    .slice(entry.seq)
    .find((later) => later.type === 'observation' && later.kind === kind && later.object.metadata.resourceVersion === stored)
  if (stored === undefined || seen === undefined || Date.parse(seen.at) < from) return []
  const seconds = (Date.parse(seen.at) - Date.parse(entry.at)) / 1000
  const shownBy = `it brought ${name} ${seconds.toFixed(1)} s after the API server had accepted it.`
  return seconds < late ? [] : [{ kind, seconds, shownBy }]
}

import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import type { GuaranteeResult } from './conformance-report.ts'

/** Seconds from the start to the end of a guarantee; 0 when it never ran. */
export function secondsOf({ startedAt, endedAt }: Pick<GuaranteeResult, 'startedAt' | 'endedAt'>): number {
  return startedAt === undefined || endedAt === undefined ? 0 : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1000
}

/** Seconds from the first entry of a history to a moment. */
export function secondsSince(history: readonly HistoryEntry[], at: string): number {
  return Math.max(0, (Date.parse(at) - Date.parse(history[0]?.at ?? at)) / 1000)
}

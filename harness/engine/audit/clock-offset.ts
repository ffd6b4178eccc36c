import type { HistoryEntry } from '../history/history-entry.ts'
import type { AuditEvent } from './audit-event.ts'

/**
 * How far the clock of this machine is ahead of that of the API server, in milliseconds: at least `low`, at most `high`. `low` is the
 * greater where no offset fits all requests: one of the clocks was set meanwhile.
 */
export interface ClockOffset {
  readonly low: number
  readonly high: number
}

/**
 * Bounds the offset of the two clocks by acts that both sources know: a request arrived after it was sent and before it was answered.
 * Undefined where there is none.
 */
export function clockOffset(
  history: readonly HistoryEntry[],
  byAuditID: ReadonlyMap<string, readonly AuditEvent[]>,
): ClockOffset | undefined {
  const sent = new Map<string, number>()
  const bounds: { readonly atLeast: number; readonly atMost: number }[] = []
  for (const entry of history) {
    if (entry.type !== 'act') continue
    if (entry.auditID !== undefined) sent.set(entry.actId, Date.parse(entry.at))
    const sentAt = sent.get(entry.actId)
    const [event, ...others] = byAuditID.get(entry.actId) ?? []
    // One that was sent again arrived twice, and a refusal that the client did not wait for proves nothing.
    if (entry.phase === 'requested' || entry.phase === 'unknown' || sentAt === undefined || event === undefined || others.length > 0)
      continue
    const received = Date.parse(event.requestReceivedTimestamp)
    // Times are cut to whole milliseconds.
    bounds.push({ atLeast: sentAt - received - 1, atMost: Date.parse(entry.at) + 1 - received })
  }
  if (bounds.length === 0) return undefined
  return { low: Math.max(...bounds.map(({ atLeast }) => atLeast)), high: Math.min(...bounds.map(({ atMost }) => atMost)) }
}

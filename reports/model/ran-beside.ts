import type { GuaranteeResult } from './conformance-report.ts'

/** What of a guarantee says whether another may have disturbed it. */
export type RanWhen = Pick<GuaranteeResult, 'id' | 'verdict' | 'reasons' | 'startedAt' | 'endedAt'>

/** Milliseconds by which the clocks of two machines that run shards may be apart. */
const clocksApart = 2000

/**
 * Guarantees, with those `Inconclusive` that were judged while a disruptive one was: whatever one of them saw, the other may have done.
 * The harness lets nothing run beside a disruptive guarantee; a run in which something did says so by its times alone.
 */
export function judgedAlone<T extends RanWhen>(guarantees: readonly T[], disruptive: ReadonlySet<string>): T[] {
  const ran = guarantees.filter(({ verdict }) => verdict !== 'NotSupported')
  return guarantees.map((one) => {
    if (!ran.includes(one)) return one
    const beside = ran.find((other) => other !== one && (disruptive.has(one.id) || disruptive.has(other.id)) && overlap(one, other))
    if (beside === undefined) return one
    const [disrupts, disturbed] = disruptive.has(beside.id) ? [beside.id, one.id] : [one.id, beside.id]
    const summary = `It was judged ${one.verdict} while ${beside.id} ran: ${disrupts} is disruptive, and ${disturbed} may have seen what it did.`
    return { ...one, verdict: 'Inconclusive', reasons: [{ summary }, ...one.reasons] }
  })
}

function overlap(one: RanWhen, other: RanWhen): boolean {
  const [from, to, otherFrom, otherTo] = [one.startedAt, one.endedAt, other.startedAt, other.endedAt].map((at = '') => Date.parse(at))
  if (from === undefined || to === undefined || otherFrom === undefined || otherTo === undefined) return false
  return Math.min(to, otherTo) - Math.max(from, otherFrom) > clocksApart
}

import type { HistoryEntry } from '../history/history-entry.ts'
import type { JudgementRecord } from '../history/judgement-record.ts'
import { type Limit, secondsOf } from '../platform-limits.ts'
import type { Condition } from './check.ts'

/** How often, in seconds, a controller looks at all objects of a kind again, though nothing happened to them. */
const resyncs: Readonly<Record<string, number>> = { PersistentVolumeClaim: 15, PersistentVolume: 15 }

/** What a controller needs for what it does once it has looked. */
const afterResync = 1

/** By how much longer than what was seen to happen a window is in which the same kind of thing may not happen. */
const times = 3

/** However slow a machine is, more says nothing more. */
const atMost = 60

/** What a window is derived from. */
interface Seen {
  readonly condition: Condition
  readonly history: { readonly entries: readonly HistoryEntry[]; readonly judgements: readonly JudgementRecord[] }
}

/**
 * How long nothing may happen, for a limit that grows: beyond one resync of the controller that would act, and three times the slowest
 * reaction that this history has of the kinds that the condition reads. Any other limit is what it is.
 */
export function windowOf(limit: Limit, { condition, history }: Seen): Limit {
  if (typeof limit === 'number' || limit.grows === undefined) return limit
  const resync = condition.reads.flatMap((kind) => {
    const seconds = resyncs[kind]
    return seconds === undefined
      ? []
      : [{ seconds: seconds + afterResync, from: `the controller of ${kind}s looks again every ${seconds} s` }]
  })
  const reactions = history.judgements
    .filter(({ verb, outcome, reads = [] }) => isReaction(verb, outcome) && reads.some((kind) => condition.reads.includes(kind)))
    .map((judgement) => ({ judgement, took: secondsUntil(judgement, history.entries) }))
    .map(({ judgement, took }) => ({
      seconds: Math.min(atMost, Math.ceil(times * took)),
      from: `${times} times the ${took.toFixed(1)} s of "${judgement.description}"`,
    }))
  return [...resync, ...reactions].reduce<Limit>((longest, one) => (one.seconds > secondsOf(longest) ? one : longest), limit.seconds)
}

function isReaction(verb: JudgementRecord['verb'], outcome: JudgementRecord['outcome']): boolean {
  return outcome === 'upheld' && (verb === 'toReach' || verb === 'until')
}

/** From when a wait began to the entry that ended it. */
function secondsUntil({ startedAt, untilSeq }: JudgementRecord, entries: readonly HistoryEntry[]): number {
  const end = entries[untilSeq - 1]?.at
  return startedAt === undefined || end === undefined ? 0 : Math.max(0, (Date.parse(end) - Date.parse(startedAt)) / 1000)
}

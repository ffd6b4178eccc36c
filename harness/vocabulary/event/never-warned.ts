import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { eventInWords, eventsAbout, type EventSubject } from './event-seen.ts'

/** An object, and a reason that no Warning about it is to have; no Warning at all when absent. */
export interface NeverWarned extends EventSubject {
  readonly reason?: string
}

/** There are Events about an object, and none of them is such a Warning. For guarantees about what a person reads there. */
export const neverWarned = defineCheck<NeverWarned>({
  name: 'never-warned',
  reads: ['Event'],
  describe: ({ kind, name, reason }) => `no Event about ${kind} ${name} is a Warning${reason === undefined ? '' : ` ${reason}`}`,
  judge,
})

function judge({ reason, ...subject }: NeverWarned, history: readonly HistoryEntry[]): Judgement {
  const events = eventsAbout(history, subject)
  const warning = events.find(({ object }) => object['type'] === 'Warning' && (reason === undefined || object['reason'] === reason))
  if (warning !== undefined) {
    return violated(`There is a Warning about ${subject.kind} ${subject.name}.`, { actual: eventInWords(warning), entries: [warning] })
  }
  if (events.length === 0) return inconclusive(`There is no Event about ${subject.kind} ${subject.name}.`)
  return { outcome: 'upheld', evaluated: events.length }
}

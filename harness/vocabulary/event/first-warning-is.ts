import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { eventInWords, eventsAbout, type EventSubject } from './event-seen.ts'

/** An object and the reason of the first Warning about it. */
export interface FirstWarning extends EventSubject {
  readonly reason: string
  /** Its message has one of these: versions word it differently. */
  readonly says: readonly string[]
}

/** The first Warning about an object has a reason and says what is wrong. For guarantees about what a person reads there. */
export const firstWarningIs = defineCheck<FirstWarning>({
  name: 'first-warning-is',
  reads: ['Event'],
  describe: ({ kind, name, reason, says }) => `the first Warning about ${kind} ${name} is ${reason}: ${says.join(' or ')}`,
  judge,
})

function judge({ reason, says, ...subject }: FirstWarning, history: readonly HistoryEntry[]): Judgement {
  const first = eventsAbout(history, subject).find(({ object }) => object['type'] === 'Warning')
  if (first === undefined) return inconclusive(`There is no Warning about ${subject.kind} ${subject.name}.`)
  const message = String(first.object['message'])
  if (first.object['reason'] === reason && says.some((part) => message.includes(part))) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The first Warning about ${subject.kind} ${subject.name} is another one.`, {
    expected: `${reason}: ${says.join(' or ')}`,
    actual: eventInWords(first),
    entries: [first],
  })
}

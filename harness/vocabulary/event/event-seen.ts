import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** An object that Events are about. */
export interface EventSubject {
  readonly kind: string
  readonly name: string
}

/** An Event, as `kubectl describe` shows it. */
export interface SeenEvent extends EventSubject {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  /** Part of its message; whatever it says when absent. */
  readonly says?: string
}

/** There is an Event of a reason about an object. For guarantees about what a person reads there. */
export const eventSeen = defineCondition<SeenEvent>({
  name: 'event-seen',
  reads: ['Event'],
  describe: ({ kind, name, type, reason, says }) =>
    `a ${type} Event ${reason} about ${kind} ${name}${says === undefined ? '' : ` with the words: ${says}`}`,
  holds: ({ type, reason, says, ...subject }, history) =>
    eventsAbout(history, subject).some(
      ({ object }) =>
        object['type'] === type && object['reason'] === reason && (says === undefined || String(object['message']).includes(says)),
    ),
  seen: (subject, history) => eventsAbout(history, subject).slice(-shown).map(eventInWords).join('; ') || 'no Event about it',
})

/** Events that a message names. */
const shown = 3

/** Events about an object, in the order in which they were seen. */
export function eventsAbout(history: readonly HistoryEntry[], { kind, name }: EventSubject): readonly Observation[] {
  return observationsOf(history, 'Event').filter(
    ({ event, object }) =>
      event !== 'DELETED' && field(object, 'involvedObject', 'kind') === kind && field(object, 'involvedObject', 'name') === name,
  )
}

/** An Event in one line. */
export function eventInWords({ object }: Observation): string {
  return `${String(object['type'])} ${String(object['reason'])}: ${String(object['message'])}`
}

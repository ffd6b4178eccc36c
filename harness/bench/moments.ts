import { observationsOf } from '../engine/object.ts'
import type { HistoryEntry, ObservedObject } from '../engine/history/history-entry.ts'

/** When something happened, in milliseconds since the epoch. */
export type Moment = number

/** An object by kind and name. */
export interface Named {
  readonly kind: string
  readonly name: string
}

/** When an act was first sent. Throws when it never was. */
export function sentAt(history: readonly HistoryEntry[], verb: string, { kind, name }: Named): Moment {
  const sent = history.find(
    (entry) =>
      entry.type === 'act' &&
      entry.phase === 'requested' &&
      entry.verb === verb &&
      entry.subject.kind === kind &&
      entry.subject.name === name,
  )
  if (sent === undefined) throw new Error(`The history holds no ${verb} of ${kind} ${name}.`)
  return Date.parse(sent.at)
}

/** When an object was first seen so, or undefined when it never was. */
export function seenAt(
  history: readonly HistoryEntry[],
  { kind, name }: Named,
  isSo: (object: ObservedObject) => boolean,
): Moment | undefined {
  const seen = observationsOf(history, kind, name).find(({ event, object }) => event !== 'DELETED' && isSo(object))
  return seen === undefined ? undefined : Date.parse(seen.at)
}

/** Seconds from one moment to another. Throws when the second never came. */
export function seconds(from: Moment, to: Moment | undefined): number {
  if (to === undefined) throw new Error('What was measured never happened.')
  return (to - from) / 1000
}

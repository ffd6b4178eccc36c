import type { History, NewEntry } from '../history/history.ts'
import type { Place } from '../history/places.ts'
import { pluralOf } from '../object.ts'
import { observeLine } from './observe-line.ts'
import type { Watch } from '../history/watch-list.ts'

/** Seconds a watch has for what the API server has at the moment of a judgement. */
const catchUpLimit = 5

/** Brings watches up to one moment, all at once. A watch that is late, or down, notes a gap in the history. */
export async function catchUp(history: History, watches: readonly Watch[]): Promise<void> {
  await Promise.all([...new Set(watches)].map(async (watch) => watch.catchUp(catchUpLimit)))
}

/** Notes each of the kinds that nobody watches as a gap: what is to be judged by them cannot be. */
export function noteUnwatched(history: History, kinds: readonly string[]): readonly string[] {
  const unwatched = kinds.filter((kind) => !history.watches.has(kind))
  for (const kind of unwatched) {
    const reason = `Nobody watched ${pluralOf(kind)}: add "${observeLine(kind)}" before the first act.`
    gapOnce(history, { type: 'gap', kind, unwatched: true, reason })
  }
  return unwatched
}

/** Notes as a gap each of the kinds that was looked for in an additional namespace and is watched elsewhere alone. */
export function noteUnwatchedPlaces(history: History, kinds: readonly string[], places: readonly Place[]): readonly Place[] {
  const { watches } = history
  const unwatched = places.filter(
    ({ kind, namespaceSuffix }) => kinds.includes(kind) && watches.has(kind) && !watches.hasIn(kind, namespaceSuffix),
  )
  for (const { kind, namespaceSuffix } of unwatched) {
    const line = observeLine(kind).replace('observe.', `additionalNamespace('${namespaceSuffix}').observe.`)
    const reason = `Nobody watched ${pluralOf(kind)} in the additional namespace ${namespaceSuffix}: add "${line}" before the first act.`
    gapOnce(history, { type: 'gap', kind, unwatched: true, reason })
  }
  return unwatched
}

/**
 * Makes a history whole for a judgement that reads these kinds: each was watched from the beginning, and everything that the API server
 * has now is in it. What is not so is a gap.
 */
export async function catchUpWatches(history: History, kinds: readonly string[]): Promise<void> {
  noteUnwatched(history, kinds)
  for (const kind of kinds.filter((one) => history.watches.isLate(one))) {
    const reason = `The watch of ${pluralOf(kind)} was opened after the first act: move "${observeLine(kind)}" before it.`
    gapOnce(history, { type: 'gap', kind, reason })
  }
  await catchUp(history, history.watches.open(kinds))
}

function gapOnce(history: History, gap: Extract<NewEntry, { type: 'gap' }>): void {
  const known = history.entries.some((entry) => entry.type === 'gap' && entry.kind === gap.kind && entry.reason === gap.reason)
  if (!known && !history.closed) history.append(gap)
}

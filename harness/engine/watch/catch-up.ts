import type { History, NewEntry } from '../history/history.ts'
import { Inconclusive } from '../judge/errors.ts'
import { gapIn, gapTold } from '../judge/judgement.ts'
import { pluralOf } from '../object.ts'
import { observeLine } from './observe-line.ts'
import type { Watch } from './watch.ts'

/** Seconds a watch has for what the API server has at the moment of a judgement. */
const catchUpLimit = 5

/** Brings watches up to one moment, all at once. A watch that is late, or down, notes a gap in the history. */
export async function catchUp(history: History, watches: readonly Watch[]): Promise<void> {
  await Promise.all([...new Set(watches)].map(async (watch) => watch.catchUp(catchUpLimit)))
}

/**
 * Brings the watches of some kinds up to one moment, for who looks into the history which object to measure or to act on. Throws `Inconclusive`, with
 * the gap, when one of them is late or down.
 */
export async function catchUpOn(history: History, kinds: readonly string[]): Promise<void> {
  const before = history.entries.length
  await catchUp(history, history.watches.open(kinds))
  const gap = gapIn(history.entries.slice(before), kinds)
  if (gap !== undefined) throw new Inconclusive().tell({ reason: { summary: gapTold(gap), entries: [gap.seq] } })
}

/** Notes each of the kinds that nobody watches as a gap: what is to be judged by them cannot be. */
export function noteUnwatched(history: History, kinds: readonly string[]): readonly string[] {
  const unwatched = kinds.filter((kind) => !history.watches.has(kind))
  for (const kind of unwatched) {
    const reason = `Nobody watched ${pluralOf(kind)}: the line "${observeLine(kind)}" is missing before the first act.`
    gapOnce(history, { type: 'gap', kind, unwatched: true, reason })
  }
  return unwatched
}

/**
 * Makes a history whole for a judgement that reads these kinds: each was watched from the beginning, and everything that the API server
 * has now is in it. What is not so is a gap.
 */
export async function makeWhole(history: History, kinds: readonly string[]): Promise<void> {
  noteUnwatched(history, kinds)
  for (const kind of kinds.filter((one) => history.watches.isLate(one))) {
    const reason = `The watch of ${pluralOf(kind)} was opened only after the first act: the line "${observeLine(kind)}" belongs before it.`
    gapOnce(history, { type: 'gap', kind, reason })
  }
  await catchUp(history, history.watches.open(kinds))
}

function gapOnce(history: History, gap: Extract<NewEntry, { type: 'gap' }>): void {
  const known = history.entries.some((entry) => entry.type === 'gap' && entry.kind === gap.kind && entry.reason === gap.reason)
  if (!known && !history.closed) history.append(gap)
}

import type { History } from '../history/history.ts'
import { catchUp } from '../watch/catch-up.ts'
import { Inconclusive } from './errors.ts'
import { describeGap, gapIn } from './judgement.ts'

/**
 * Brings the watches of some kinds up to one moment, for who looks into the history which object to measure or to act on. Throws
 * `Inconclusive`, with the gap, when one of them is late or down.
 */
export async function catchUpOn(history: History, kinds: readonly string[]): Promise<void> {
  const before = history.entries.length
  await catchUp(history, history.watches.open(kinds))
  const gap = gapIn(history.entries.slice(before), kinds)
  if (gap !== undefined) throw new Inconclusive().withDetails({ reason: { summary: describeGap(gap), entries: [gap.seq] } })
}

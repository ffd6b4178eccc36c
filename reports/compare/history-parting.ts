import type { HistoryEntry } from '../../harness/engine/history/history-entry.ts'
import { secondsSince } from '../model/seconds.ts'
import { type Fact, factsOf, readySuffix } from './history-facts.ts'

/** An entry of a history as a comparison names it. */
export interface Moment {
  /** Position in the history. */
  readonly entry: number
  /** Since the first entry of the history, as the timeline counts. */
  readonly seconds: number
  /** What happened there; without what is random in it. */
  readonly what: string
}

/** Where two histories of a guarantee part. */
export interface Parting {
  /** Whether what is named of one run, or of both, never happened in the other, or happened there in another order. */
  readonly by: 'only before' | 'only after' | 'both' | 'order'
  /** The last thing that both have before they part, as each has it; absent where they part at once. */
  readonly last?: { readonly before: Moment; readonly after: Moment }
  /** What each had next; absent where it had nothing more. */
  readonly next: { readonly before?: Moment; readonly after?: Moment }
}

/** Seconds that two things must lie apart in both histories to be in another order. */
const apart = 0.5

/**
 * Where two histories of one guarantee part: the first thing that happened in one and never in the other, or that came in another order.
 * Undefined where both tell the same.
 */
export function partingOf(before: readonly HistoryEntry[], after: readonly HistoryEntry[]): Parting | undefined {
  const sides = [told(before), told(after)] as const
  const [one, other] = sides
  const matches = matched(one.facts, other.facts)
  const [happened, ordered] = [byWhatHappened(sides, matches), byOrder(sides, matches)]
  if (happened === undefined || ordered === undefined) return (happened ?? ordered)?.parting
  // What came or went too early is a cause; what was Ready early may as well be a faster machine.
  const isCause = ordered.at < happened.at && !isReady(other.facts[ordered.at])
  return (isCause ? ordered : happened).parting
}

function isReady(fact: Fact | undefined): boolean {
  return fact?.what.endsWith(readySuffix) === true
}

interface Told {
  readonly facts: readonly Fact[]
  /** When each was seen: seconds of Unix time. */
  readonly times: readonly number[]
  readonly moment: (index: number) => Moment | undefined
}

function told(history: readonly HistoryEntry[]): Told {
  const facts = factsOf(history)
  return {
    facts,
    times: facts.map(({ at }) => Date.parse(at) / 1000),
    moment(index) {
      const fact = facts[index]
      return fact === undefined ? undefined : { entry: fact.entry, seconds: secondsSince(history, fact.at), what: fact.what }
    },
  }
}

/** For each fact of one history its counterpart in the other: the n-th time that something happened is the n-th time there. */
interface Matches {
  /** Index in the other history; undefined for what never happened there. */
  readonly inAfter: readonly (number | undefined)[]
  readonly inBefore: readonly (number | undefined)[]
}

function matched(before: readonly Fact[], after: readonly Fact[]): Matches {
  const places = Map.groupBy(after.keys(), (index) => after[index]?.what ?? '')
  const inBefore: (number | undefined)[] = Array.from(after, () => undefined)
  const inAfter = before.map(({ what }, index) => {
    const place = places.get(what)?.shift()
    if (place !== undefined) inBefore[place] = index
    return place
  })
  return { inAfter, inBefore }
}

interface Found {
  readonly parting: Parting
  /** Index in the history after: what comes first counts. */
  readonly at: number
}

function byWhatHappened(sides: readonly [Told, Told], { inAfter, inBefore }: Matches): Found | undefined {
  const lost = inAfter.indexOf(undefined)
  const added = inBefore.indexOf(undefined)
  if (lost === -1 && added === -1) return undefined
  // Where what was lost would stand in the history after: behind what both have in front of it.
  const lostAt = lost === -1 ? Number.POSITIVE_INFINITY : (inAfter[lost - 1] ?? -1) + 1
  if (added === -1 || lostAt <= added) {
    const last = pairOf(lost - 1, inAfter[lost - 1])
    const by = lostAt === added ? 'both' : 'only before'
    return { at: lostAt, parting: partingAt(sides, { by, last, next: { before: lost, after: lostAt } }) }
  }
  const last = pairOf(inBefore[added - 1], added - 1)
  return { at: added, parting: partingAt(sides, { by: 'only after', last, next: { before: (last?.before ?? -1) + 1, after: added } }) }
}

interface Pair {
  readonly before: number
  readonly after: number
}

function pairOf(before: number | undefined, after: number | undefined): Pair | undefined {
  return before === undefined || after === undefined || before < 0 || after < 0 ? undefined : { before, after }
}

/**
 * The first object that came, was Ready or went before another one of its kind in one history and behind it in the other, in both by more
 * than a moment. Of different kinds the order means nothing: their watches deliver independently. Nor does it of two that were Ready.
 */
function byOrder([before, after]: readonly [Told, Told], { inAfter, inBefore }: Matches): Found | undefined {
  const timeBefore = (index: number) => before.times[index] ?? 0
  const timeAfter = (index: number) => after.times[index] ?? 0
  for (const [early, place] of inBefore.entries()) {
    const kind = after.facts[early]?.milestoneOf
    if (place === undefined || kind === undefined) continue
    // What the history before had in front of it, and the one after has behind it.
    const passed = inAfter.findIndex(
      (where, index) =>
        index < place &&
        before.facts[index]?.milestoneOf === kind &&
        !(isReady(before.facts[index]) && isReady(after.facts[early])) &&
        where !== undefined &&
        timeBefore(place) - timeBefore(index) >= apart &&
        timeAfter(where) - timeAfter(early) >= apart,
    )
    if (passed === -1) continue
    // What both have in front of either.
    const lastAt = inBefore.findLastIndex((where, index) => index < early && where !== undefined && where < passed)
    const last = pairOf(inBefore[lastAt], lastAt)
    return { at: early, parting: partingAt([before, after], { by: 'order', last, next: { before: passed, after: early } }) }
  }
  return undefined
}

interface Place {
  readonly by: Parting['by']
  readonly last: Pair | undefined
  readonly next: Pair
}

function partingAt([before, after]: readonly [Told, Told], { by, last, next }: Place): Parting {
  const [lastBefore, lastAfter] = [last && before.moment(last.before), last && after.moment(last.after)]
  const [nextBefore, nextAfter] = [before.moment(next.before), after.moment(next.after)]
  return {
    by,
    ...(lastBefore !== undefined && lastAfter !== undefined && { last: { before: lastBefore, after: lastAfter } }),
    next: { ...(nextBefore !== undefined && { before: nextBefore }), ...(nextAfter !== undefined && { after: nextAfter }) },
  }
}

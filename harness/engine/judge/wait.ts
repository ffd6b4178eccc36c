import type { Condition } from './check.ts'
import type { HistoryEntry, Mark } from '../history/history-entry.ts'
import type { History } from '../history/history.ts'
import { type EndedWait, judgeWait } from './judge-wait.ts'
import { obstacleTo } from './obstacle.ts'
import type { JudgementRecord } from '../history/judgement-record.ts'
import { type Limit, secondsOf } from '../platform-limits.ts'
import { endOf } from '../watch/end-of.ts'
import { placesOf } from '../history/places.ts'
import { catchUp, noteUnwatched, noteUnwatchedPlaces } from '../watch/catch-up.ts'
import type { Observer } from '../watch/observer.ts'

/** A wait that begins now. */
export interface Wait {
  readonly verb: 'toReach' | 'toStay' | 'until'
  readonly observer: Observer
  readonly condition: Condition
  readonly within: Limit
  /** Where a stay begins; now when absent. */
  readonly after?: Mark | undefined
  /** What the suite calls the judgement. */
  readonly label?: string | undefined
}

/**
 * Waits on the history of an observer, judges and records what came of it. What has not come true, and what has lasted, is judged only once
 * every watch of what the condition reads has caught up. Rejects only when the guarantee ran out of time.
 */
export async function wait({ verb, observer, condition, within: limit, after, label }: Wait): Promise<JudgementRecord> {
  const within = secondsOf(limit)
  const { history, signal, subject } = observer
  const { reads } = condition
  const startedAt = after?.at ?? new Date().toISOString()
  const beginning = after === undefined ? history.entries.length : after.seq + 1
  const isDecided = verb === 'toStay' ? () => !holds(condition, observer) : () => holds(condition, observer)
  const isUnreachable =
    verb === 'toStay' ? () => false : () => impossible(condition, observer) || obstacleTo(reads, history.entries) !== undefined
  const { places } = placesOf(history.entries, (entries) => holdsIn(condition, entries))
  const isWatched = noteUnwatched(history, reads).length + noteUnwatchedPlaces(history, reads, places).length === 0
  const others = reads.filter((kind) => !observer.kinds.includes(kind))

  // A watch may be behind when a wait begins: what is to stay may have come true without having been delivered, and what seems to be
  // reached may be the state of before.
  const held = holdsAt(condition, { history, length: beginning })
  const mustCatchUp = isWatched && held === (verb !== 'toStay')
  if (mustCatchUp) await catchUp(history, [...observer.watches, ...history.watches.open(others)])
  signal.throwIfAborted()
  const heldAtFirst = mustCatchUp && held && !holds(condition, observer)
  // What was brought late is no news to a wait.
  const whenCaughtUp = () => (heldAtFirst ? history.entries.length : firstHolding(condition, { history, beginning }))
  const fromSeq = mustCatchUp ? whenCaughtUp() : beginning

  let decidedAt: number | undefined
  for (let goesOn = isWatched; goesOn;) {
    const seconds = Math.max(0, (Date.parse(startedAt) - Date.now()) / 1000 + within)
    const end = await endOf(observer, { isDecided, isUnreachable, seconds })
    signal.throwIfAborted()
    if (typeof end === 'number') decidedAt = end
    else await catchUp(history, [...observer.watches, ...history.watches.open(others)])
    signal.throwIfAborted()
    // What seemed to be in vain may be otherwise once all is known.
    goesOn = end === 'unreachable' && !isUnreachable()
  }
  if (decidedAt === undefined && verb !== 'toStay' && isWatched) await history.lookForObstacles()
  signal.throwIfAborted()
  const kinds = [...new Set([...observer.kinds, ...reads])]
  const untilSeq = decidedAt ?? history.entries.length
  const ended: EndedWait = {
    ...{ verb, condition, subject, kinds, reads, fromSeq, untilSeq, startedAt, within },
    ...(typeof limit !== 'number' && { withinFrom: limit.from }),
    ...(heldAtFirst && { heldAtFirst }),
    ...(label !== undefined && { label }),
  }
  const judgement = judgeWait(ended, history.entries)
  history.judge(judgement)
  return judgement
}

/**
 * Where a wait begins: the first length of a history, from `beginning` on, at which the condition holds; `beginning` where it holds at
 * none.
 */
function firstHolding(condition: Condition, { history, beginning }: { readonly history: History; readonly beginning: number }): number {
  for (let length = beginning; length <= history.entries.length; length += 1) if (holdsAt(condition, { history, length })) return length
  return beginning
}

function holdsAt(condition: Condition, { history, length }: { readonly history: History; readonly length: number }): boolean {
  return holdsIn(condition, history.entries.slice(0, length))
}

function holds(condition: Condition, { history }: Observer): boolean {
  return holdsIn(condition, history.entries)
}

/** A condition that breaks ends the wait: judging it again names what broke. */
function holdsIn(condition: Condition, entries: readonly HistoryEntry[]): boolean {
  try {
    return condition.holds(entries)
  } catch {
    return true
  }
}

function impossible(condition: Condition, { history }: Observer): boolean {
  try {
    return condition.unreachable?.(history.entries) !== undefined
  } catch {
    return true
  }
}

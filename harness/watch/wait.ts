import type { Condition } from '../check.ts'
import type { Mark } from '../history-entry.ts'
import { type EndedWait, judgeWait } from '../judge-wait.ts'
import type { JudgementRecord } from '../verdict-record.ts'
import type { Observer } from './observer.ts'

const catchUpLimit = 5

/** A wait that begins now. */
export interface Wait {
  readonly verb: 'toReach' | 'toStay' | 'until'
  readonly observer: Observer
  readonly condition: Condition
  /** Seconds. */
  readonly within: number
  /** Where a stay begins; now when absent. */
  readonly after?: Mark | undefined
}

/** Waits on the history of an observer, judges and records what came of it. Rejects only when the guarantee ran out of time. */
export async function wait({ verb, observer, condition, within, after }: Wait): Promise<JudgementRecord> {
  const { history, signal, kinds, subject, watches } = observer
  const startedAt = after?.at ?? new Date().toISOString()
  const fromSeq = after === undefined ? history.entries.length : after.seq + 1
  const seconds = Math.max(0, (Date.parse(startedAt) - Date.now()) / 1000 + within)
  const ends = verb === 'toStay' ? () => !holds(condition, observer) : () => holds(condition, observer) || impossible(condition, observer)

  const untilSeq = await endOf({ observer, ends, seconds })
  signal.throwIfAborted()
  if (untilSeq === undefined) await Promise.all(watches.map(async (watch) => watch.catchUp(catchUpLimit)))
  signal.throwIfAborted()
  const ended: EndedWait = { verb, condition, subject, kinds, fromSeq, untilSeq: untilSeq ?? history.entries.length, startedAt, within }
  const judgement = judgeWait(ended, history.entries)
  history.judge(judgement)
  return judgement
}

/** Length of the history when the end came, or undefined when the time was over first. Looks at each entry as it is appended. */
async function endOf({
  observer,
  ends,
  seconds,
}: {
  readonly observer: Observer
  readonly ends: () => boolean
  readonly seconds: number
}): Promise<number | undefined> {
  const { history, signal } = observer
  return new Promise((resolve) => {
    const finish = (length: number | undefined) => {
      clearTimeout(timer)
      leave()
      signal.removeEventListener('abort', over)
      resolve(length)
    }
    const over = () => finish(undefined)
    const look = () => ends() && finish(history.entries.length)
    const timer = setTimeout(over, seconds * 1000)
    const leave = history.subscribe(look)
    signal.addEventListener('abort', over)
    if (signal.aborted) over()
    else look()
  })
}

/** A condition that breaks ends the wait: judging it again names what broke. */
function holds(condition: Condition, { history }: Observer): boolean {
  try {
    return condition.holds(history.entries)
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

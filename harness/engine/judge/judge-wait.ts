import type { Condition } from './check.ts'
import type { Gap, HistoryEntry } from '../history/history-entry.ts'
import { describeGap } from './judgement.ts'
import { latenessIn } from './lateness.ts'
import { obstacleTo } from './obstacle.ts'
import { unknownSubject } from './unknown-subject.ts'
import type { JudgementRecord, Reason } from '../history/judgement-record.ts'

/** A wait that has ended: what it waited for, on what, from where to where in the history. */
export interface EndedWait {
  readonly verb: 'toReach' | 'toStay' | 'until'
  readonly condition: Condition
  readonly subject: string
  readonly kinds: readonly string[]
  /** Kinds that the condition reads; absent where the wait was recorded by a version that did not note them. */
  readonly reads: readonly string[] | undefined
  readonly fromSeq: number
  readonly untilSeq: number
  readonly startedAt: string
  /** Seconds. */
  readonly within: number
  /** Where the limit comes from, unless it is that of the table. */
  readonly withinFrom?: string | undefined
  /** It seemed to be reached when the wait began, and no longer once the watches had caught up. */
  readonly heldAtFirst?: true | undefined
  /** What the suite calls the judgement. */
  readonly label?: string | undefined
}

type Outcome = Pick<JudgementRecord, 'outcome' | 'reason' | 'timedOut'>

/** Judges a wait by the history alone, live and again a year later: the same entries give the same answer. */
export function judgeWait(wait: EndedWait, history: readonly HistoryEntry[]): JudgementRecord {
  const { condition, ...ended } = wait
  return {
    verb: ended.verb,
    ...(ended.label !== undefined && { label: ended.label }),
    name: condition.name,
    params: condition.params,
    description: condition.description,
    fromSeq: ended.fromSeq,
    untilSeq: ended.untilSeq,
    within: ended.within,
    ...(ended.withinFrom !== undefined && { withinFrom: ended.withinFrom }),
    ...(ended.heldAtFirst && { heldAtFirst: ended.heldAtFirst }),
    startedAt: ended.startedAt,
    kinds: ended.kinds,
    ...(ended.reads && { reads: ended.reads }),
    subject: ended.subject,
    ...outcomeOf(wait, history),
  }
}

function outcomeOf(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  try {
    const unwatched = unwatchedIn(wait, history)
    if (unwatched !== undefined)
      return inconclusive(`${describeGap(unwatched)} It is unknown whether "${wait.condition.description}" holds.`)
    const outcome = wait.verb === 'toStay' ? stayed(wait, history) : reached(wait, history)
    if (outcome.outcome !== 'upheld') return outcome
    const { condition, subject, untilSeq } = wait
    if (!hasEvidence(wait, history)) return inconclusive(`${subject}: no data was seen to judge "${condition.description}".`)
    const unknown = unknownSubject(condition, history.slice(0, untilSeq))
    if (unknown === undefined) return outcome
    const named = `${unknown.kind} ${unknown.name}`
    return inconclusive(
      `${subject}: ${named} was never seen nor asked for, so nothing shows that "${condition.description}" could be otherwise.`,
    )
  } catch (error) {
    return inconclusive(`Condition ${wait.condition.name} broke: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function reached(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  const { condition, subject, fromSeq, untilSeq, startedAt, within, verb } = wait
  const limit = limitOf(wait)
  const deadline = Date.parse(startedAt) + within * 1000
  for (let length = fromSeq; length <= untilSeq; length += 1) {
    if (!condition.holds(history.slice(0, length))) continue
    const last = length > fromSeq ? history[length - 1] : undefined
    if (last === undefined || Date.parse(last.at) <= deadline) return { outcome: 'upheld' }
    const why = gapIn(wait, history) ?? latenessIn(history.slice(0, untilSeq), wait.reads ?? wait.kinds, startedAt)
    const late = `${subject} reached "${condition.description}", but Holdfast saw it only after the limit of ${limit}`
    return inconclusive(why === undefined ? `${late}.` : `${late}: ${why}`)
  }
  const seenHistory = history.slice(0, untilSeq)
  const lastSeen = condition.seen?.(seenHistory)
  const detail: Omit<Reason, 'summary'> = { expected: condition.description, ...(lastSeen !== undefined && { actual: lastSeen }) }
  const gap = gapIn(wait, history)
  if (gap !== undefined) return inconclusive(`${subject}: it is unknown whether "${condition.description}" was reached: ${gap}`, detail)
  const obstacle = wait.reads && obstacleTo(wait.reads, seenHistory)
  if (obstacle !== undefined) return inconclusive(`${subject} cannot reach "${condition.description}": ${obstacle}`, detail)
  const impossible = condition.unreachable?.(seenHistory)
  if (wait.heldAtFirst) {
    const before = `${subject} had reached "${condition.description}" by what was seen when the wait began`
    const since = impossible === undefined ? `not again within ${limit}.` : `cannot reach it again: ${impossible}`
    return inconclusive(`${before}, but no longer once the watches had caught up, and ${since}`, detail)
  }
  const summary =
    impossible === undefined
      ? `${subject} did not reach "${condition.description}" within ${limit}${lastSeen === undefined ? '' : `: last seen ${lastSeen}`}.`
      : `${subject} cannot reach "${condition.description}": ${impossible}`
  if (verb === 'until') return inconclusive(summary, detail)
  return { outcome: 'violated', reason: { summary, ...detail }, ...(impossible === undefined && { timedOut: true }) }
}

function stayed(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  const { condition, subject, fromSeq, untilSeq } = wait
  const gap = gapIn(wait, history)
  if (gap !== undefined && !condition.holds(history.slice(0, fromSeq)))
    return inconclusive(`${subject}: it is unknown whether "${condition.description}" was true at the start: ${gap}`)
  for (let length = fromSeq; length <= untilSeq; length += 1) {
    const prefix = history.slice(0, length)
    if (condition.holds(prefix)) continue
    const lastSeen = condition.seen?.(prefix)
    const summary = `${subject} did not stay "${condition.description}" for ${limitOf(wait)}${lastSeen === undefined ? '' : `: seen ${lastSeen}`}.`
    const entries = length > 0 ? { entries: [length - 1] } : {}
    return {
      outcome: 'violated',
      reason: { summary, expected: condition.description, ...(lastSeen !== undefined && { actual: lastSeen }), ...entries },
    }
  }
  return gap === undefined
    ? { outcome: 'upheld' }
    : inconclusive(`${subject}: it is unknown whether "${condition.description}" stayed true: ${gap}`)
}

/** A limit in words, and where it comes from where the table does not say so. */
function limitOf({ within, withinFrom }: Pick<EndedWait, 'within' | 'withinFrom'>): string {
  return `${within} s${withinFrom === undefined ? '' : ` (${withinFrom})`}`
}

function inconclusive(summary: string, detail: Omit<Reason, 'summary'> = {}): Outcome {
  return { outcome: 'inconclusive', reason: { summary, ...detail } }
}

function gapIn({ kinds, reads = kinds, fromSeq, untilSeq }: EndedWait, history: readonly HistoryEntry[]): string | undefined {
  const gap = history.slice(fromSeq, untilSeq).find((entry) => entry.type === 'gap' && reads.includes(entry.kind))
  return gap?.type === 'gap' ? `the watch of ${gap.kind} has a gap: ${gap.reason}` : undefined
}

function unwatchedIn({ reads = [], untilSeq }: EndedWait, history: readonly HistoryEntry[]): Gap | undefined {
  return history
    .slice(0, untilSeq)
    .find((entry): entry is Gap => entry.type === 'gap' && entry.unwatched === true && reads.includes(entry.kind))
}

/**
 * Whether anything was seen to judge by: an object of a kind that the condition reads, or a measurement where it reads no kind. An empty
 * list is nothing seen, because the watch may ask for the wrong objects: that a Pod is absent shows only where some Pod was seen.
 */
function hasEvidence({ kinds, reads, untilSeq }: EndedWait, history: readonly HistoryEntry[]): boolean {
  const past = history.slice(0, untilSeq)
  const saw = (wanted: readonly string[]) => past.some((entry) => entry.type === 'observation' && wanted.includes(entry.kind))
  const measured = () => past.some((entry) => entry.type === 'measurement')
  if (reads === undefined) return saw(kinds) || measured()
  return reads.length === 0 ? measured() : saw(reads)
}

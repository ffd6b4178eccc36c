import type { Condition } from './check.ts'
import type { HistoryEntry } from './history-entry.ts'
import type { JudgementRecord, Reason } from './verdict-record.ts'

/** A wait that has ended: what it waited for, on what, from where to where in the history. */
export interface EndedWait {
  readonly verb: 'toReach' | 'toStay' | 'until'
  readonly condition: Condition
  readonly subject: string
  readonly kinds: readonly string[]
  readonly fromSeq: number
  readonly untilSeq: number
  readonly startedAt: string
  /** Seconds. */
  readonly within: number
}

type Outcome = Pick<JudgementRecord, 'outcome' | 'reason'>

/** Judges a wait by the history alone, live and again a year later: the same entries give the same answer. */
export function judgeWait(wait: EndedWait, history: readonly HistoryEntry[]): JudgementRecord {
  const { condition, ...ended } = wait
  return {
    verb: ended.verb,
    name: condition.name,
    params: condition.params,
    description: condition.description,
    fromSeq: ended.fromSeq,
    untilSeq: ended.untilSeq,
    within: ended.within,
    startedAt: ended.startedAt,
    kinds: ended.kinds,
    subject: ended.subject,
    ...outcomeOf(wait, history),
  }
}

function outcomeOf(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  try {
    const outcome = wait.verb === 'toStay' ? stayed(wait, history) : reached(wait, history)
    return outcome.outcome === 'upheld' && !looked(wait, history)
      ? inconclusive(`${wait.subject}: nothing was seen to judge "${wait.condition.description}" by.`)
      : outcome
  } catch (error) {
    return inconclusive(`Condition ${wait.condition.name} broke: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function reached(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  const { condition, subject, fromSeq, untilSeq, startedAt, within, verb } = wait
  const deadline = Date.parse(startedAt) + within * 1000
  for (let length = fromSeq; length <= untilSeq; length += 1) {
    if (!condition.holds(history.slice(0, length))) continue
    const last = length > fromSeq ? history[length - 1] : undefined
    if (last === undefined || Date.parse(last.at) <= deadline) return { outcome: 'upheld' }
    return inconclusive(`${subject} reached "${condition.description}", but it was seen only after the limit of ${within} s.`)
  }
  const seenHistory = history.slice(0, untilSeq)
  const lastSeen = condition.seen?.(seenHistory)
  const detail: Omit<Reason, 'summary'> = { expected: condition.description, ...(lastSeen !== undefined && { actual: lastSeen }) }
  const gap = gapIn(wait, history)
  if (gap !== undefined) return inconclusive(`${subject}: whether "${condition.description}" was reached is unknown, ${gap}`, detail)
  const impossible = condition.unreachable?.(seenHistory)
  const summary =
    impossible === undefined
      ? `${subject} did not reach "${condition.description}" within ${within} s${lastSeen === undefined ? '' : `: last seen ${lastSeen}`}.`
      : `${subject} cannot reach "${condition.description}": ${impossible}`
  return verb === 'until' ? inconclusive(summary, detail) : { outcome: 'violated', reason: { summary, ...detail } }
}

function stayed(wait: EndedWait, history: readonly HistoryEntry[]): Outcome {
  const { condition, subject, fromSeq, untilSeq, within } = wait
  for (let length = fromSeq; length <= untilSeq; length += 1) {
    const prefix = history.slice(0, length)
    if (condition.holds(prefix)) continue
    const lastSeen = condition.seen?.(prefix)
    const summary = `${subject} did not stay "${condition.description}" for ${within} s${lastSeen === undefined ? '' : `: seen ${lastSeen}`}.`
    const entries = length > 0 ? { entries: [length - 1] } : {}
    return {
      outcome: 'violated',
      reason: { summary, expected: condition.description, ...(lastSeen !== undefined && { actual: lastSeen }), ...entries },
    }
  }
  const gap = gapIn(wait, history)
  return gap === undefined
    ? { outcome: 'upheld' }
    : inconclusive(`${subject}: whether "${condition.description}" stayed true is unknown, ${gap}`)
}

function inconclusive(summary: string, detail: Omit<Reason, 'summary'> = {}): Outcome {
  return { outcome: 'inconclusive', reason: { summary, ...detail } }
}

function gapIn({ kinds, fromSeq, untilSeq }: EndedWait, history: readonly HistoryEntry[]): string | undefined {
  const gap = history.slice(fromSeq, untilSeq).find((entry) => entry.type === 'gap' && kinds.includes(entry.kind))
  return gap?.type === 'gap' ? `the watch of ${gap.kind} has a gap: ${gap.reason}` : undefined
}

function looked({ kinds, untilSeq }: EndedWait, history: readonly HistoryEntry[]): boolean {
  return history
    .slice(0, untilSeq)
    .some((entry) => (entry.type === 'observation' && kinds.includes(entry.kind)) || entry.type === 'measurement')
}

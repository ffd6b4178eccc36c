import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundCounter } from './counter-in.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** A counter as it was found in a database, and what was acknowledged to its writer around the moment it is of. */
export interface CounterOf {
  readonly found: MeasurementName
  /** Last number acknowledged before the moment. */
  readonly before: MeasurementName
  /** Last number acknowledged after the moment: at most one more had been begun. */
  readonly after: MeasurementName
}

/** Counters as they were found, each of its own moment. */
export interface Counters {
  readonly counters: readonly CounterOf[]
}

/**
 * Each counter holds every number up to one that was acknowledged before its moment, at least, and begun after it, at most: none is
 * missing, none is damaged, and both tables agree.
 */
export const countersComplete = defineCheck<Counters>({
  name: 'counters-whole',
  reads: [],
  describe: ({ counters }) =>
    `the counter in ${counters.map(({ found }) => describeMeasurement(found)).join(', ')} holds each committed number, without a gap, up to its moment`,
  judge,
})

interface Judged {
  readonly of: CounterOf
  readonly bounds: Bounds
  readonly faults: readonly string[]
  readonly entries: readonly Measurement[]
}

/** Between which numbers the last one must lie. */
interface Bounds {
  readonly atLeast: number
  readonly atMost: number
}

function judge({ counters }: Counters, history: readonly HistoryEntry[]): Judgement {
  const judged: Judged[] = []
  for (const of of counters) {
    const before = acknowledged(history, of.before)
    const after = acknowledged(history, of.after)
    const found = measurementOf(history, { what: 'counter', label: of.found.label, subject: of.found.pod })
    if (before === undefined || after === undefined)
      return inconclusive(`What was acknowledged around ${describeMeasurement(of.found)} was not kept.`)
    if (found === undefined) return inconclusive(`The counter in ${describeMeasurement(of.found)} was never read.`)
    if (before.number === 0) return inconclusive(`No number was acknowledged before ${describeMeasurement(of.found)}.`, [before.entry.seq])
    const bounds = { atLeast: before.number, atMost: after.number + 1 }
    judged.push({ of, bounds, faults: counterFaults(found.value as FoundCounter, bounds), entries: [before.entry, after.entry, found] })
  }
  const wrong = judged.filter(({ faults }) => faults.length > 0)
  const [first] = wrong
  if (first === undefined) return { outcome: 'upheld', evaluated: judged.length }
  const { of, bounds, faults, entries } = first
  const among = judged.length === 1 ? '' : ` (${wrong.length} of ${judged.length})`
  return violated(`Counter in ${describeMeasurement(of.found)} is not what was committed: ${faults.join('; ')}${among}.`, {
    expected: `numbers 1 to ${bounds.atLeast}, and no more than up to ${bounds.atMost}`,
    actual: wrong.map((one) => `${describeMeasurement(one.of.found)}: ${one.faults.join('; ')}`).join('\n'),
    entries,
  })
}

/** In which ways a counter is not what was committed up to a moment between the bounds; nothing when it is. */
export function counterFaults(found: FoundCounter, { atLeast, atMost }: Bounds): readonly string[] {
  const { first, last, rows, total, damaged, refused } = found
  if (refused !== undefined) return [`the server does not read it: ${refused}`]
  if (rows === 0) return [`it is empty, though numbers 1 to ${atLeast} were acknowledged`]
  return [
    ...(last < atLeast ? [`numbers ${last + 1} to ${atLeast}, acknowledged before, are missing`] : []),
    ...(last > atMost ? [`numbers ${atMost + 1} to ${last}, begun later, are there`] : []),
    ...(rows === last && first === 1 ? [] : [`${last - rows} of the numbers 1 to ${last} are missing`]),
    ...(total === last ? [] : [`one table ends at ${last}, the other at ${total}`]),
    ...(damaged === 0 ? [] : [`${damaged} rows are not as they were written`]),
  ]
}

function acknowledged(history: readonly HistoryEntry[], { pod, label }: MeasurementName) {
  const entry = measurementOf(history, { what: 'acknowledged', label, subject: pod })
  const number = field(entry?.value, 'record')
  return entry === undefined || typeof number !== 'number' ? undefined : { entry, number }
}

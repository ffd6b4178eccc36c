import type { Judgement } from '../../engine/judge/check.ts'
import { type Bounds, faultsOf, type FoundWrites } from './workload/continuous-writes.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** One VolumeSnapshot, or clone, taken under a continuous writer. */
export interface Moment {
  readonly volumeSnapshot: string
  /** What it is of which the volume was made; a VolumeSnapshot when absent. */
  readonly kind?: 'VolumeSnapshot' | 'clone'
  /** Last record acknowledged before the VolumeSnapshot was asked for. */
  readonly before: MeasurementName
  /** Last record acknowledged once it was seen ready: what comes later was begun later. */
  readonly after: MeasurementName
  /** What was found in the volume restored from it. */
  readonly found: MeasurementName
}

/** VolumeSnapshots taken under a continuous writer. */
export interface SnapshotWindows {
  readonly moments: readonly Moment[]
}

/**
 * Each restored volume holds a prefix of what its writer wrote: everything acknowledged before the VolumeSnapshot was asked for,
 * nothing begun after it was ready, and nothing without all that was written before it.
 */
export const holdsAcknowledgedPrefix = defineCheck<SnapshotWindows>({
  name: 'holds-acknowledged-prefix',
  reads: [],
  describe: ({ moments }) =>
    `${moments.length} restored volumes hold a prefix of the acknowledged writes, each of the time of its VolumeSnapshot`,
  judge,
})

interface Judged {
  readonly moment: Moment
  readonly bounds: Bounds
  readonly faults: readonly string[]
  readonly entries: readonly Measurement[]
}

function judge({ moments }: SnapshotWindows, history: readonly HistoryEntry[]): Judgement {
  const judged: Judged[] = []
  for (const moment of moments) {
    const taken = nameOf(moment)
    const before = acknowledged(history, moment.before)
    const after = acknowledged(history, moment.after)
    const found = measurementOf(history, { what: 'writes', label: moment.found.label, subject: moment.found.pod })
    if (before === undefined || after === undefined) return inconclusive(`What was acknowledged around ${taken} was not kept.`)
    if (found === undefined) return inconclusive(`The volume made from ${taken} was never read.`)
    if (before.record === 0) return inconclusive(`Nothing was acknowledged before ${taken}.`, [before.entry.seq])
    const bounds = { atLeast: before.record, atMost: after.record }
    judged.push({ moment, bounds, faults: faultsOf(found.value as FoundWrites, bounds), entries: [before.entry, after.entry, found] })
  }
  const wrong = judged.filter(({ faults }) => faults.length > 0)
  const [first] = wrong
  if (first === undefined) return { outcome: 'upheld', evaluated: judged.length }
  const { moment, bounds, faults, entries } = first
  return violated(
    `Volume made from ${nameOf(moment)} is not what its source was at one instant: ${faults.join('; ')} (${wrong.length} of ${judged.length}).`,
    {
      expected: `the first ${bounds.atLeast} to ${bounds.atMost} records, whole`,
      actual: wrong.map((one) => `${one.moment.volumeSnapshot}: ${one.faults.join('; ')}`).join('\n'),
      entries,
    },
  )
}

function acknowledged(
  history: readonly HistoryEntry[],
  { pod, label }: MeasurementName,
): { readonly entry: Measurement; readonly record: number } | undefined {
  const entry = measurementOf(history, { what: 'acknowledged', label, subject: pod })
  const record = field(entry?.value, 'record')
  return entry === undefined || typeof record !== 'number' ? undefined : { entry, record }
}

function nameOf({ kind = 'VolumeSnapshot', volumeSnapshot }: Moment): string {
  return `${kind} ${volumeSnapshot}`
}

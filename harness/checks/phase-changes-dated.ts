import type { Judgement } from '../check.ts'
import { defineCheck } from '../define-check.ts'
import type { HistoryEntry, Observation } from '../history-entry.ts'
import { inconclusive, violated } from '../judgement.ts'
import { field, observationsOf, phaseOf } from '../object.ts'
import { volumeOf } from '../readings/pvc.ts'

/** The claim by which a PersistentVolume is known, and two phases of it. */
export interface PhaseChange {
  readonly pvc: string
  readonly from: string
  readonly to: string
}

/** A PersistentVolume records when its phase changed: the time stays within a phase, and is a later one in the next. */
export const phaseChangesDated = defineCheck<PhaseChange>({
  name: 'phase-changes-dated',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc, from, to }) => `the PersistentVolume of ${pvc} records when it went from ${from} to ${to}`,
  judge,
})

function judge({ pvc, from, to }: PhaseChange, history: readonly HistoryEntry[]): Judgement {
  const volume = volumeOf(history, pvc)
  const seen = volume === undefined ? [] : observationsOf(history, 'PersistentVolume', volume)
  const first = seen.find(({ object }) => phaseOf(object) === from)
  const last = seen.findLast(({ object, seq }) => phaseOf(object) === to && seq > (first?.seq ?? 0))
  if (first === undefined || last === undefined) return inconclusive(`The PersistentVolume of ${pvc} was not seen ${from} and then ${to}.`)
  const [before, after] = [timeOf(first), timeOf(last)]
  if (Date.parse(after) > Date.parse(before)) return { outcome: 'upheld', looked: seen.length }
  return violated(`PersistentVolume ${volume} records ${after} as the time it became ${to}, and ${before} as the time it became ${from}.`, {
    expected: `a time later than ${before}`,
    actual: after,
    entries: [first, last],
  })
}

function timeOf({ object }: Observation): string {
  const time = field(object, 'status', 'lastPhaseTransitionTime')
  return typeof time === 'string' ? time : 'no time'
}

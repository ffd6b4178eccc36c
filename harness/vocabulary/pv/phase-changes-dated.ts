import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** The PVC that a PersistentVolume is bound to, and two phases of the volume. */
export interface PhaseChange {
  readonly pvc: string
  readonly from: string
  readonly to: string
}

/**
 * A PersistentVolume records when its phase changed. The API server notes whole seconds: that the time is not a later one is a violation
 * only where the PVC was deleted in a later second.
 */
export const phaseChangesDated = defineCheck<PhaseChange>({
  name: 'phase-changes-dated',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc, from, to }) => `the PersistentVolume of ${pvc} records when it went from ${from} to ${to}`,
  judge,
})

function judge({ pvc, from, to }: PhaseChange, history: readonly HistoryEntry[]): Judgement {
  const volume = pvNameOf(history, pvc)
  const seen = volume === undefined ? [] : observationsOf(history, 'PersistentVolume', volume)
  const first = seen.find(({ object }) => phaseOf(object) === from)
  const last = seen.findLast(({ object, seq }) => phaseOf(object) === to && seq > (first?.seq ?? 0))
  if (first === undefined || last === undefined) return inconclusive(`The PersistentVolume of ${pvc} was not seen ${from} and then ${to}.`)
  const [before, after] = [timeOf(first), timeOf(last)]
  const dated = `PersistentVolume ${volume} records ${after} as the time it became ${to}, and ${before} as the time it became ${from}`
  if (Date.parse(after) > Date.parse(before)) return { outcome: 'upheld', evaluated: seen.length }
  const entries = [first, last]
  const reason = { expected: `a time later than ${before}`, actual: after, entries }
  if (Number.isNaN(Date.parse(after)) || (after === before && wasDeletedAfter(history, { pvc, before })))
    return violated(`${dated}.`, reason)
  return inconclusive(
    `${dated}: both may be of one second, or of the clocks of two API servers.`,
    entries.map(({ seq }) => seq),
  )
}

/** Whether the API server notes a later time for the deletion of the PVC, with which the volume left its phase. */
function wasDeletedAfter(history: readonly HistoryEntry[], { pvc, before }: { readonly pvc: string; readonly before: string }): boolean {
  const pvcs = observationsOf(history, 'PersistentVolumeClaim', pvc)
  return pvcs.some(({ object }) => Date.parse(object.metadata.deletionTimestamp ?? '') > Date.parse(before))
}

function timeOf({ object }: Observation): string {
  const time = field(object, 'status', 'lastPhaseTransitionTime')
  return typeof time === 'string' ? time : 'no time'
}

import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../engine/object.ts'
import { pvNameOf } from '../pvc/readings.ts'

/** A PVC whose deletion makes its PersistentVolume Released, and a PVC that was created once that had been seen. */
export interface ReleasedBetween {
  readonly pvc: string
  readonly next: string
}

/** Seconds by which the clocks of two API servers may differ, and more than the second to which they note a time. */
const tolerance = 5

/**
 * The time that a PersistentVolume records of its last change of phase changes with its phase and at no other time, and when the volume
 * became Released it was that moment: not before its PVC was deleted, nor after the next PVC was created, by the clock of the API server.
 */
export const phaseTimesAre = defineCheck<ReleasedBetween>({
  name: 'phase-times-are',
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  describe: ({ pvc }) =>
    `the PersistentVolume of ${pvc} records when it last changed phase, and that it was Released when ${pvc} was deleted`,
  judge,
})

function judge({ pvc, next }: ReleasedBetween, history: readonly HistoryEntry[]): Judgement {
  const volume = pvNameOf(history, pvc) ?? ''
  const all = observationsOf(history, 'PersistentVolume', volume)
  const seen = all.slice(all.findIndex(({ object }) => phaseOf(object) === 'Bound'))
  const released = seen.findIndex(({ object }) => phaseOf(object) === 'Released')
  const [before, after] = [seen[released - 1], seen[released]]
  const deleted = earliest(history, { pvc, path: ['metadata', 'deletionTimestamp'] })
  const created = earliest(history, { pvc: next, path: ['metadata', 'creationTimestamp'] })
  if (before === undefined || after === undefined)
    return inconclusive(`The PersistentVolume of ${pvc} was not seen Bound and then Released.`)
  if (Number.isNaN(deleted) || Number.isNaN(created)) return inconclusive(`When ${pvc} was deleted and ${next} created was not seen.`)
  const undated = seen.find((entry) => Number.isNaN(timeOf(entry)))
  if (undated !== undefined)
    return violated(`PersistentVolume ${volume} records no time of its last change of phase.`, { entries: [undated] })
  const moved = seen.find((entry, position) => {
    const one = seen[position - 1]
    return one !== undefined && phaseOf(one.object) === phaseOf(entry.object) && timeOf(one) !== timeOf(entry)
  })
  if (moved !== undefined)
    return violated(`PersistentVolume ${volume} records another time though it stayed ${phaseOf(moved.object)}.`, { entries: [moved] })
  const time = timeOf(after)
  if (time >= deleted - tolerance * 1000 && time <= created + tolerance * 1000 && (time > timeOf(before) || deleted <= timeOf(before)))
    return { outcome: 'upheld', evaluated: seen.length }
  return violated(`PersistentVolume ${volume} records ${iso(time)} as the time it became Released.`, {
    expected: `a time from ${iso(deleted)}, when ${pvc} was deleted, to ${iso(created)}, when ${next} was created`,
    actual: iso(time),
    entries: [before, after],
  })
}

function timeOf({ object }: Observation): number {
  const time = field(object, 'status', 'lastPhaseTransitionTime')
  return typeof time === 'string' ? Date.parse(time) : Number.NaN
}

function earliest(history: readonly HistoryEntry[], { pvc, path }: { readonly pvc: string; readonly path: readonly string[] }): number {
  const times = observationsOf(history, 'PersistentVolumeClaim', pvc).map(({ object }) => Date.parse(String(field(object, ...path))))
  return times.find((time) => !Number.isNaN(time)) ?? Number.NaN
}

const iso = (time: number): string => new Date(time).toISOString()

import { field, isOwnedBy, latest, observationsOf } from '../../engine/object.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'

/** One run of a CronJob: a Job that its controller made by the clock. */
export interface Run {
  readonly job: string
  /** When the Job was first seen. */
  readonly seen: Observation
  /** The time of the schedule that it is for; NaN where the controller said none. */
  readonly scheduledAt: number
}

/** Annotation of a Job with the time of the schedule that it is for. */
const scheduled = 'batch.kubernetes.io/cronjob-scheduled-timestamp'

/** The runs of a CronJob in the order they were seen first. Jobs that were made from it by hand are none. */
export function runsOf(history: readonly HistoryEntry[], cronJob: string): readonly Run[] {
  const byClock = observationsOf(history, 'Job').filter(
    ({ object }) =>
      object.metadata.annotations?.['cronjob.kubernetes.io/instantiate'] === undefined &&
      isOwnedBy(object, { kind: 'CronJob', name: cronJob }),
  )
  const first = new Map<string, Observation>()
  for (const observation of byClock) {
    const { name } = observation.object.metadata
    if (!first.has(name)) first.set(name, observation)
  }
  return [...first].map(([job, seen]) => ({ job, seen, scheduledAt: Date.parse(seen.object.metadata.annotations?.[scheduled] ?? '') }))
}

/** Whether a Job is there and has not ended. */
export function isUnderWay(history: readonly HistoryEntry[], job: string): boolean {
  const object = latest(history, 'Job', job)
  const conditions = field(object, 'status', 'conditions')
  const ended = (Array.isArray(conditions) ? conditions : []).some(
    (one) => ['Complete', 'Failed'].includes(String(field(one, 'type'))) && field(one, 'status') === 'True',
  )
  return object !== undefined && !ended
}

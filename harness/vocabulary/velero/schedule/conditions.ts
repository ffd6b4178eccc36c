import { field, latest, observationsIn, phaseOf } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry, ObservedObject } from '../../../engine/history/history-entry.ts'

/** A Schedule by its full name, and how often it is to have made a Backup. */
export interface Runs {
  readonly schedule: string
  readonly times: number
}

/** A Schedule has made so many Backups, in whatever phase. */
export const scheduleRan = defineCondition<Runs>({
  name: 'schedule-ran',
  reads: ['Backup', 'Schedule'],
  describe: ({ schedule, times }) => `${times} Backups made by Schedule ${schedule}`,
  holds: ({ schedule, times }, history) => madeBy(history, schedule).length >= times,
  unreachable({ schedule }, history) {
    const errors = field(latest(history, 'Schedule', schedule), 'status', 'validationErrors')
    return Array.isArray(errors) && errors.length > 0 ? `Schedule ${schedule} is not valid: ${errors.join('; ')}` : undefined
  },
  seen: ({ schedule }, history) => stateOf(history, schedule),
})

/** Velero has looked at a Schedule and found it valid. */
export const scheduleEnabled = defineCondition<Pick<Runs, 'schedule'>>({
  name: 'schedule-enabled',
  reads: ['Schedule'],
  describe: ({ schedule }) => `Schedule ${schedule} Enabled`,
  holds: ({ schedule }, history) => phaseOf(latest(history, 'Schedule', schedule)) === 'Enabled',
  unreachable({ schedule }, history) {
    const errors = field(latest(history, 'Schedule', schedule), 'status', 'validationErrors')
    return Array.isArray(errors) && errors.length > 0 ? `Schedule ${schedule} is not valid: ${errors.join('; ')}` : undefined
  },
  seen: ({ schedule }, history) => `Schedule ${schedule} ${phaseOf(latest(history, 'Schedule', schedule)) ?? 'without a phase'}`,
})

/** A Schedule has made no more than so many Backups. */
export const scheduleRanNoMore = defineCondition<Runs>({
  name: 'schedule-ran-no-more',
  reads: ['Backup'],
  describe: ({ schedule, times }) => `no more than ${times} Backups made by Schedule ${schedule}`,
  holds: ({ schedule, times }, history) => madeBy(history, schedule).length <= times,
  seen: ({ schedule }, history) => stateOf(history, schedule),
})

/** Every Backup that a Schedule has made completed, and there is one. */
export const scheduledBackupsCompleted = defineCondition<Pick<Runs, 'schedule'>>({
  name: 'scheduled-backups-completed',
  reads: ['Backup'],
  describe: ({ schedule }) => `all Backups of Schedule ${schedule} Completed`,
  holds({ schedule }, history) {
    const made = madeBy(history, schedule)
    return made.length > 0 && made.every(({ status }) => field(status, 'phase') === 'Completed')
  },
  unreachable({ schedule }, history) {
    const failed = madeBy(history, schedule).find(({ status }) => ended.includes(field(status, 'phase')))
    return failed && `Backup ${failed.metadata.name} ended ${String(field(failed, 'status', 'phase'))}.`
  },
  seen: ({ schedule }, history) => stateOf(history, schedule),
})

/** Phases in which a Backup has ended other than it should. */
const ended: readonly unknown[] = ['PartiallyFailed', 'Failed', 'FailedValidation']

/** Label by which a Backup names the Schedule that made it. See https://velero.io/docs/main/api-types/schedule/ */
const scheduleLabel = 'velero.io/schedule-name'

/** The Backups of a Schedule, each as it was last seen. */
function madeBy(history: readonly HistoryEntry[], schedule: string): readonly ObservedObject[] {
  const made = new Map<string, ObservedObject>()
  for (const { object } of observationsIn(history, 'Backup', undefined))
    if (object.metadata.labels?.[scheduleLabel] === schedule) made.set(object.metadata.uid, object)
  return [...made.values()]
}

function stateOf(history: readonly HistoryEntry[], schedule: string): string {
  const made = madeBy(history, schedule).map((backup) => `${backup.metadata.name} ${phaseOf(backup) ?? 'without a phase'}`)
  const paused = field(latest(history, 'Schedule', schedule), 'spec', 'paused') === true ? ', the Schedule paused' : ''
  return `${made.length === 0 ? 'no Backup' : `${made.length} Backups (${made.join(', ')})`}${paused}`
}

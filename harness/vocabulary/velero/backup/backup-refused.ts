import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'

/** A Backup by its full name. */
export interface RefusedBackup {
  readonly backup: string
}

/** Velero refuses a Backup without beginning it, and says why in its validationErrors. */
export const backupRefused = defineCheck<RefusedBackup>({
  name: 'backup-refused',
  reads: ['Backup'],
  describe: ({ backup }) => `Backup ${backup} is refused with a reason and never begun`,
  judge,
})

/** Phases of a Backup that was taken up. */
const begun: readonly unknown[] = ['InProgress', 'WaitingForPluginOperations', 'Finalizing', 'Completed', 'PartiallyFailed', 'Failed']

function judge({ backup }: RefusedBackup, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Backup', backup)
  const last = seen.at(-1)
  if (last === undefined) return inconclusive(`Backup ${backup} was never seen.`)
  const taken = seen.find(({ object }) => begun.includes(field(object, 'status', 'phase')))
  if (taken !== undefined)
    return violated(`Backup ${backup} was begun though it was to be refused.`, {
      expected: 'FailedValidation',
      actual: String(field(taken.object, 'status', 'phase')),
      entries: [taken],
    })
  if (field(last.object, 'status', 'phase') !== 'FailedValidation') return inconclusive(`Backup ${backup} was not answered.`, [last.seq])
  const errors = field(last.object, 'status', 'validationErrors')
  if (Array.isArray(errors) && errors.length > 0) return { outcome: 'upheld', evaluated: errors.length }
  return violated(`Backup ${backup} was refused without a reason.`, { expected: 'validationErrors', actual: 'none', entries: [last] })
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import type { BackupName } from './backup-keeping.ts'

/** Velero made no VolumeSnapshot for a Backup, which has ended. */
export const noSnapshotTaken = defineCheck<BackupName>({
  name: 'no-snapshot-taken',
  reads: ['Backup', 'VolumeSnapshot'],
  describe: ({ backup }) => `Backup ${backup} takes no VolumeSnapshot`,
  judge,
})

function judge({ backup }: BackupName, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Backup', backup)
  if (!seen.some(({ object }) => field(object, 'status', 'completionTimestamp') !== undefined))
    return inconclusive(`Backup ${backup} was never seen to have ended.`)
  const taken = observationsOf(history, 'VolumeSnapshot').find(({ object }) => object.metadata.labels?.['velero.io/backup-name'] === backup)
  if (taken === undefined) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`VolumeSnapshot ${taken.object.metadata.name} was made for Backup ${backup}.`, {
    expected: 'no VolumeSnapshot',
    actual: taken.object.metadata.name,
    entries: [taken],
  })
}

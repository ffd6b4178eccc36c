import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import type { BackupName } from './backup-keeping.ts'

/** A Backup by its name, and the PersistentVolumeClaim that is looked at; all of them when absent. */
export interface Unsnapped extends BackupName {
  readonly pvc?: string
}

/** Velero made no VolumeSnapshot for a Backup, which has ended. */
export const noSnapshotTaken = defineCheck<Unsnapped>({
  name: 'no-snapshot-taken',
  reads: ['Backup', 'VolumeSnapshot'],
  describe: ({ backup, pvc }) => `Backup ${backup} takes no VolumeSnapshot${pvc === undefined ? '' : ` of PersistentVolumeClaim ${pvc}`}`,
  judge,
})

function judge({ backup, pvc }: Unsnapped, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Backup', backup)
  if (!seen.some(({ object }) => field(object, 'status', 'completionTimestamp') !== undefined))
    return inconclusive(`Backup ${backup} was never seen to have ended.`)
  const taken = observationsOf(history, 'VolumeSnapshot').find(
    ({ object }) =>
      object.metadata.labels?.['velero.io/backup-name'] === backup &&
      (pvc === undefined || field(object, 'spec', 'source', 'persistentVolumeClaimName') === pvc),
  )
  if (taken === undefined) return { outcome: 'upheld', evaluated: seen.length }
  return violated(`VolumeSnapshot ${taken.object.metadata.name} was made for Backup ${backup}.`, {
    expected: 'no VolumeSnapshot',
    actual: taken.object.metadata.name,
    entries: [taken],
  })
}

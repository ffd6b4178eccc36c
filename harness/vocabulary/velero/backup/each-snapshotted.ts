import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import type { BackupName } from './backup-keeping.ts'

/** A Backup by its name, and PersistentVolumeClaims that it holds. */
export interface Snapshotted extends BackupName {
  readonly pvcs: readonly string[]
}

/** Velero made a VolumeSnapshot of each of some PersistentVolumeClaims for a Backup, which has ended. */
export const eachSnapshotted = defineCheck<Snapshotted>({
  name: 'each-snapshotted',
  reads: ['Backup', 'VolumeSnapshot'],
  describe: ({ backup, pvcs }) => `Backup ${backup} takes a VolumeSnapshot of each of ${pvcs.join(', ')}`,
  judge,
})

function judge({ backup, pvcs }: Snapshotted, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Backup', backup)
  if (!seen.some(({ object }) => field(object, 'status', 'completionTimestamp') !== undefined))
    return inconclusive(`Backup ${backup} was never seen to have ended.`)
  const taken = observationsOf(history, 'VolumeSnapshot').filter(
    ({ object }) => object.metadata.labels?.['velero.io/backup-name'] === backup,
  )
  const sources = taken.map(({ object }) => field(object, 'spec', 'source', 'persistentVolumeClaimName'))
  const missing = pvcs.filter((pvc) => !sources.includes(pvc))
  if (missing.length === 0) return { outcome: 'upheld', evaluated: pvcs.length }
  return violated(`No VolumeSnapshot of ${missing.join(', ')} was made for Backup ${backup}.`, {
    expected: pvcs.join(', '),
    actual: [...new Set(sources)].join(', ') || 'no VolumeSnapshot',
    entries: taken.slice(0, 1),
  })
}

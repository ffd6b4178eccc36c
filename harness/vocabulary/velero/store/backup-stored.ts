import type { Judgement } from '../../../engine/judge/check.ts'
import type { StoredObject } from './bucket.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../../engine/measurement.ts'

/** A reading of a bucket, and the Backup that is to be in it. */
export interface StoredBackup {
  readonly stored: MeasurementName
  readonly backup: string
}

/** A bucket holds the files of a Backup: each has the name of the Backup in its path. */
export const backupStored = defineCheck<StoredBackup>({
  name: 'backup-stored',
  reads: [],
  describe: ({ stored, backup }) => `bucket ${stored.pod} (${stored.label}) holds Backup ${backup}`,
  judge,
})

function judge({ stored, backup }: StoredBackup, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'stored-objects', label: stored.label, subject: stored.pod })
  if (read === undefined) return inconclusive(`Bucket ${stored.pod} (${stored.label}) was never read.`)
  const objects = read.value as readonly StoredObject[]
  const files = objects.filter(({ key, bytes }) => bytes > 0 && key.includes(`backups/${backup}/`))
  if (files.length > 0) return { outcome: 'upheld', evaluated: files.length }
  return violated(`Bucket ${stored.pod} (${stored.label}) holds nothing of Backup ${backup}.`, {
    expected: `objects below backups/${backup}`,
    actual: objects.map(({ key }) => key).join('\n') || 'no object',
    entries: [read],
  })
}

import type { Judgement } from '../../../engine/judge/check.ts'
import type { StoredObject } from './bucket.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../../engine/measurement.ts'

/** A reading of a bucket, and the Backups of which it is to hold files. */
export interface StoredBackups {
  readonly stored: MeasurementName
  readonly backups: readonly string[]
}

/** A bucket holds files of each of these Backups and of no other: each file has the name of its Backup in its path. */
export const onlyBackupsStored = defineCheck<StoredBackups>({
  name: 'only-backups-stored',
  reads: [],
  describe: ({ stored, backups }) => `bucket ${stored.pod} (${stored.label}) holds ${backups.join(', ') || 'nothing'} and no other Backup`,
  judge,
})

function judge({ stored, backups }: StoredBackups, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'stored-objects', label: stored.label, subject: stored.pod })
  if (read === undefined) return inconclusive(`Bucket ${stored.pod} (${stored.label}) was never read.`)
  const objects = read.value as readonly StoredObject[]
  const names = objects.map(({ key }) => /(?:^|\/)backups\/(?<name>[^/]+)\//u.exec(key)?.groups?.['name'])
  const found = [...new Set(names.filter((name) => name !== undefined))].toSorted()
  const expected = backups.toSorted()
  if (found.join() === expected.join()) return { outcome: 'upheld', evaluated: objects.length + 1 }
  return violated(`Bucket ${stored.pod} (${stored.label}) holds other Backups than it is to: ${found.join(', ') || 'none'}.`, {
    expected: expected.join(', ') || 'none',
    actual: found.join(', ') || 'none',
    entries: [read],
  })
}

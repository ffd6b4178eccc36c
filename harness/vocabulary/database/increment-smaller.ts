import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import type { BaseBackupSizes } from './base-backups-in.ts'

/** Where the sizes of two base backups were measured. */
export interface MeasuredSizes {
  readonly sizes: MeasurementName
}

/** The increment of a base backup has at most half of the bytes of the full one. */
export const incrementSmaller = defineCheck<MeasuredSizes>({
  name: 'increment-smaller',
  reads: [],
  describe: ({ sizes }) => `the increment in Pod ${sizes.pod} has at most half of the bytes of the full base backup`,
  judge,
})

function judge({ sizes }: MeasuredSizes, history: readonly HistoryEntry[]): Judgement {
  const read = measurementOf(history, { what: 'base-backups', label: sizes.label, subject: sizes.pod })
  if (read === undefined) return inconclusive(`The base backups in Pod ${sizes.pod} were never measured.`)
  const { full, increment } = read.value as BaseBackupSizes
  if (!(full > 0 && increment > 0)) return inconclusive(`A base backup in Pod ${sizes.pod} is empty.`, [read.seq])
  if (increment * 2 <= full) return { outcome: 'upheld', evaluated: 2 }
  return violated(`The increment has ${increment} of the ${full} bytes of the full base backup.`, {
    expected: `at most ${Math.floor(full / 2)} bytes`,
    actual: `${increment} bytes`,
    entries: [read],
  })
}

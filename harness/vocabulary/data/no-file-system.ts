import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import type { Signatures } from './device.ts'

/** Where a block device was searched for what file systems leave. */
export interface SearchedDevice {
  readonly found: MeasurementName
}

/** A block device holds no file system, nor a partition table. */
export const noFileSystem = defineCheck<SearchedDevice>({
  name: 'no-file-system',
  reads: [],
  describe: ({ found }) => `the block device of Pod ${found.pod} (${found.label}) holds no file system`,
  judge,
})

function judge({ found }: SearchedDevice, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'signatures', label: found.label, subject: found.pod })
  if (entry === undefined) return inconclusive(`The block device was never searched in ${describeMeasurement(found)}.`)
  const { types } = entry.value as Signatures
  if (types.length === 0) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Block device in ${describeMeasurement(found)} holds ${types.join(', ')} though it was to be raw.`, {
    expected: 'no file system',
    actual: types.join(', '),
    entries: [entry],
  })
}

import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** Where a read-ahead was read, and what it is to be. */
export interface ReadAhead {
  readonly found: MeasurementName
  readonly kibibytes: number
}

/** The kernel reads as far ahead on the device of a volume as the attributes of the volume say. */
export const readAheadIs = defineCheck<ReadAhead>({
  name: 'read-ahead-is',
  reads: [],
  describe: ({ found, kibibytes }) => `the read-ahead in Pod ${found.pod} (${found.label}) is ${kibibytes} KiB`,
  judge,
})

function judge({ found, kibibytes }: ReadAhead, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'read-ahead', label: found.label, subject: found.pod })
  const seen = field(entry?.value, 'kibibytes')
  if (entry === undefined || typeof seen !== 'number')
    return inconclusive(`The read-ahead was never read in Pod ${found.pod} (${found.label}).`)
  if (seen === kibibytes) return { outcome: 'upheld', evaluated: 1 }
  return violated(`Read-ahead of the volume of Pod ${found.pod} (${found.label}) is ${seen} KiB instead of ${kibibytes} KiB.`, {
    expected: `${kibibytes} KiB`,
    actual: `${seen} KiB`,
    entries: [entry],
  })
}

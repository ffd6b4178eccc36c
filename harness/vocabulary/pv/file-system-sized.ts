import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inMebibytes, parseQuantity } from '../../engine/quantity.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** Where the size of a file system was read, and what was asked for. */
export interface Sized {
  readonly found: MeasurementName
  readonly size: string
}

/** A small file system shows at least this much of what it got: its log alone takes 64 MiB. */
const shownAtLeast = 0.6

/** A driver rounds up a little, so a file system may be this much larger than was asked for. */
const shownAtMost = 1.1

/** A Pod sees a file system of its own, about as large as it asked for. */
export const fileSystemSized = defineCheck<Sized>({
  name: 'file-system-sized',
  reads: [],
  describe: ({ found, size }) => `Pod ${found.pod} sees a file system of about ${size} (${found.label})`,
  judge,
})

function judge({ found, size }: Sized, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'file-system-size', label: found.label, subject: found.pod })
  const bytes = field(entry?.value, 'totalBytes')
  if (entry === undefined || typeof bytes !== 'number')
    return inconclusive(`The size of the file system was never read in Pod ${found.pod} (${found.label}).`)
  const asked = parseQuantity(size)
  if (bytes <= shownAtMost * asked && bytes >= shownAtLeast * asked) return { outcome: 'upheld', evaluated: 1 }
  return violated(`File system seen by Pod ${found.pod} has ${inMebibytes(bytes)} though ${size} were asked for: it is not its own.`, {
    expected: `between ${inMebibytes(shownAtLeast * asked)} and ${inMebibytes(shownAtMost * asked)}`,
    actual: inMebibytes(bytes),
    entries: [entry],
  })
}

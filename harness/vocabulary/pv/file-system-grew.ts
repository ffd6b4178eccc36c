import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import { inMebibytes, parseQuantity } from '../../engine/quantity.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/**
 * A PersistentVolumeClaim that was expanded, or a larger copy of another one, and the size of its file system as a Pod saw it before and
 * afterwards, or in the other one.
 */
export interface Growth {
  readonly pvc: string
  readonly from: string
  readonly to: string
  readonly before: MeasurementName
  readonly after: MeasurementName
}

/** A file system keeps a little of what it gets to itself (inode tables, allocation groups), so it may show this much less. */
const shownAtLeast = 0.9

/** The file system seen inside a Pod has grown by what its PersistentVolumeClaim asks for in addition. */
export const fileSystemGrew = defineCheck<Growth>({
  name: 'file-system-grew',
  reads: [],
  describe: ({ pvc, from, to, after }) => `Pod ${after.pod} sees the file system of ${pvc} grow from ${from} to ${to}`,
  judge,
})

function judge({ pvc, from, to, before, after }: Growth, history: readonly HistoryEntry[]): Judgement {
  const was = sizeOf(history, before)
  const is = sizeOf(history, after)
  if (was === undefined) return inconclusive(`The size of the file system was never read in Pod ${before.pod} (${before.label}).`)
  if (is === undefined) return inconclusive(`The size of the file system was never read in Pod ${after.pod} (${after.label}).`)
  const wanted = was.bytes + shownAtLeast * (parseQuantity(to) - parseQuantity(from))
  if (is.bytes >= wanted) return { outcome: 'upheld', evaluated: 2 }
  const subject = `File system of ${pvc} seen by Pod ${after.pod}`
  const event = `though its PersistentVolumeClaim asks for ${to} in place of ${from}`
  const summary =
    is.bytes === was.bytes
      ? `${subject} stayed at ${inMebibytes(was.bytes)} ${event}.`
      : `${subject} went only from ${inMebibytes(was.bytes)} to ${inMebibytes(is.bytes)} ${event}.`
  return violated(summary, { expected: `at least ${inMebibytes(wanted)}`, actual: inMebibytes(is.bytes), entries: [was.entry, is.entry] })
}

function sizeOf(
  history: readonly HistoryEntry[],
  { pod, label }: MeasurementName,
): { readonly entry: Measurement; readonly bytes: number } | undefined {
  const entry = measurementOf(history, { what: 'file-system-size', label, subject: pod })
  const bytes = field(entry?.value, 'totalBytes')
  return entry === undefined || typeof bytes !== 'number' ? undefined : { entry, bytes }
}

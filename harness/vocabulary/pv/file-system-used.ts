import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inMebibytes, parseQuantity } from '../../engine/quantity.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'
import { useOfWritten } from './use-of-written.ts'

/** The size of a file system before and after so much was written to it, for example `64Mi`. */
export interface Used {
  readonly before: MeasurementName
  readonly after: MeasurementName
  readonly bytes: string
}

/** What a Pod sees used of its file system grows by about what was written, and its size stays. */
export const fileSystemUsed = defineCheck<Used>({
  name: 'file-system-used',
  reads: [],
  describe: ({ after, bytes }) => `Pod ${after.pod} sees ${bytes} more of its file system used`,
  judge({ before, after, bytes: written }, history) {
    const [was, is] = [before, after].map((name) => sizeOf(history, name))
    if (was === undefined || is === undefined)
      return inconclusive(`The size of the file system was not read in ${describeMeasurement(was === undefined ? before : after)}.`)
    const grown = was.free - is.free
    const { least, most } = useOfWritten(written)
    if (was.total === is.total && grown >= least && grown <= most) return { outcome: 'upheld', evaluated: 2 }
    return violated(`Pod ${after.pod} sees ${inMebibytes(grown)} more used after ${written} were written, of ${inMebibytes(is.total)}.`, {
      expected: `between ${inMebibytes(least)} and ${inMebibytes(most)} more, of ${inMebibytes(was.total)}`,
      actual: `${inMebibytes(grown)} more, of ${inMebibytes(is.total)}`,
      entries: [was.entry, is.entry],
    })
  },
})

/** The sizes of the file systems of two volumes, and the larger one of what was asked for. */
export interface Shared {
  readonly one: MeasurementName
  readonly other: MeasurementName
  readonly asked: string
}

/** Two Pods see the size of one and the same disk, which is larger than what either of them asked for. */
export const fileSystemShared = defineCheck<Shared>({
  name: 'file-system-shared',
  reads: [],
  describe: ({ one, other, asked }) => `Pods ${one.pod} and ${other.pod} see one disk, larger than the ${asked} that was asked for`,
  judge({ one, other, asked }, history) {
    const [first, second] = [one, other].map((name) => sizeOf(history, name))
    if (first === undefined || second === undefined)
      return inconclusive(`The size of the file system was not read in ${describeMeasurement(first === undefined ? one : other)}.`)
    if (first.total === second.total && first.total > parseQuantity(asked)) return { outcome: 'upheld', evaluated: 2 }
    return violated(`Pods ${one.pod} and ${other.pod} do not see the disk of their node.`, {
      expected: `one size above ${asked}`,
      actual: `${inMebibytes(first.total)} and ${inMebibytes(second.total)}`,
      entries: [first.entry, second.entry],
    })
  },
})

function sizeOf(history: readonly HistoryEntry[], { pod, label }: MeasurementName) {
  const entry = measurementOf(history, { what: 'file-system-size', label, subject: pod })
  const [total, free] = [field(entry?.value, 'totalBytes'), field(entry?.value, 'freeBytes')]
  return entry === undefined || typeof total !== 'number' || typeof free !== 'number' ? undefined : { entry, total, free }
}

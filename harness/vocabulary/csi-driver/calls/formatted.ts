import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { measurementOf } from '../../../engine/measurement.ts'
import type { FileSystemRead, FoundFileSystem } from '../files/file-system-of.ts'

/** When the volume of a PVC held no file system. */
export interface NotFormatted {
  readonly found: FileSystemRead
}

/** The volume of a PVC holds no file system yet. */
export const notFormatted = defineCheck<NotFormatted>({
  name: 'not-formatted',
  reads: [],
  describe: ({ found }) => `the volume of ${found.pvc} holds no file system ${found.label}`,
  judge({ found }, history) {
    const read = readOf(history, found)
    if (read?.value == null) return inconclusive(`The file system of ${found.pvc} could not be read ${found.label}.`)
    if (read.value === 'none') return { outcome: 'upheld', evaluated: 1 }
    return violated(`The volume of PersistentVolumeClaim ${found.pvc} was formatted already ${found.label}.`, {
      expected: 'no file system',
      actual: `an xfs file system with UUID ${read.value}`,
      entries: [read.entry],
    })
  },
})

/** When the file system of one PVC was looked at, in order. */
export interface FormattedOnce {
  readonly found: readonly FileSystemRead[]
}

/** Each time that the volume of a PVC was looked at it held a file system, and always the same one. */
export const formattedOnce = defineCheck<FormattedOnce>({
  name: 'formatted-once',
  reads: [],
  describe: ({ found }) => `the volume of ${found[0]?.pvc} keeps the file system that it got first`,
  judge({ found }, history) {
    const reads = found.map((one) => ({ ...one, ...readOf(history, one) }))
    const unread = reads.find(({ value }) => value == null)
    if (unread !== undefined) return inconclusive(`The file system of ${unread.pvc} could not be read ${unread.label}.`)
    const [first] = reads
    const other = reads.find(({ value }) => value === 'none' || value !== first?.value)
    if (reads.length < 2) return inconclusive('The file system was not looked at twice.')
    if (other === undefined) return { outcome: 'upheld', evaluated: reads.length }
    const fault = other.value === 'none' ? 'held no file system' : 'held another file system'
    return violated(`The volume of PersistentVolumeClaim ${other.pvc} ${fault} ${other.label}.`, {
      expected: `UUID ${first?.value} each time`,
      actual: reads.map(({ label, value }) => `${value} ${label}`).join(', '),
      entries: reads.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    })
  },
})

function readOf(history: readonly HistoryEntry[], { pvc, label }: FileSystemRead) {
  const entry = measurementOf(history, { what: 'file-system', label, subject: pvc })
  return entry === undefined ? undefined : { entry, value: entry.value as FoundFileSystem }
}

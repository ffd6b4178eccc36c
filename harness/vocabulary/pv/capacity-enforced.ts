import type { Judgement } from '../../engine/judge/check.ts'
import type { FilledUp } from '../data/refusals.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inMebibytes, parseQuantity } from '../../engine/quantity.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field, observationsOf } from '../../engine/object.ts'

/** A PersistentVolumeClaim and how writing to its volume until the end came out. */
export interface Filling {
  readonly pvc: string
  readonly filled: MeasurementName
}

/** A file system keeps its log and its tables to itself, so this much of the capacity is to be there for data. */
const usable = 0.8

/** A volume holds most of the capacity that is stated, which is at least what was asked for, and no more: then writes are refused. */
export const capacityEnforced = defineCheck<Filling>({
  name: 'capacity-enforced',
  reads: ['PersistentVolumeClaim'],
  describe: ({ pvc, filled }) => `Pod ${filled.pod} can write about as much to ${pvc} as its capacity, and no more`,
  judge,
})

function judge({ pvc, filled }: Filling, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'filled-up', label: filled.label, subject: filled.pod })
  const pvcEntry = observationsOf(history, 'PersistentVolumeClaim', pvc).at(-1)
  const request = field(pvcEntry?.object, 'spec', 'resources', 'requests', 'storage')
  const capacity = field(pvcEntry?.object, 'status', 'capacity', 'storage')
  if (entry === undefined) return inconclusive(`Pod ${filled.pod} never wrote until its volume was full (${filled.label}).`)
  if (pvcEntry === undefined || typeof request !== 'string' || typeof capacity !== 'string')
    return inconclusive(`The capacity of PersistentVolumeClaim ${pvc} was never seen.`)
  const { writtenBytes, refused, totalBytes, freeBytes } = entry.value as FilledUp
  const actual = `${inMebibytes(writtenBytes)} written, then ${refused ?? 'no refusal'}; df: ${inMebibytes(totalBytes)}, ${inMebibytes(freeBytes)} free`
  const least = usable * Math.max(parseQuantity(request), parseQuantity(capacity))
  const reason = { expected: `between ${inMebibytes(least)} and ${capacity}, then ENOSPC`, actual, entries: [pvcEntry, entry] }
  if (writtenBytes > parseQuantity(capacity) || totalBytes > parseQuantity(capacity)) {
    return violated(
      `Volume of PersistentVolumeClaim ${pvc} held ${inMebibytes(writtenBytes)} and shows ${inMebibytes(totalBytes)} though its capacity is ${capacity}.`,
      reason,
    )
  }
  if (refused === null) return inconclusive(`Pod ${filled.pod} stopped writing before its volume was full.`, [entry.seq])
  if (refused !== 'ENOSPC') return violated(`Writing to the full volume of ${pvc} was refused with ${refused} instead of ENOSPC.`, reason)
  if (writtenBytes < least || totalBytes < least)
    return violated(
      `Volume of PersistentVolumeClaim ${pvc} held only ${inMebibytes(writtenBytes)} though ${request} were asked for and ${capacity} are stated.`,
      reason,
    )
  return { outcome: 'upheld', evaluated: 2 }
}

import type { Judgement } from '../../../engine/judge/check.ts'
import type { StoredObject } from './bucket.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../../engine/measurement.ts'

/** Two readings of a bucket, before and after its objects were damaged. */
export interface BucketReadings {
  readonly before: MeasurementName
  readonly after: MeasurementName
}

/** A listing of a bucket shows the same names and sizes though each object holds other bytes than before. */
export const storedAlike = defineCheck<BucketReadings>({
  name: 'stored-alike',
  reads: [],
  describe: ({ before, after }) =>
    `bucket ${after.pod} lists the same (${after.label}) as before (${before.label}), though other bytes are in it`,
  judge,
})

function judge({ before, after }: BucketReadings, history: readonly HistoryEntry[]): Judgement {
  const [first, second] = [before, after].map(({ pod, label }) => measurementOf(history, { what: 'stored-objects', label, subject: pod }))
  if (first === undefined || second === undefined) return inconclusive(`Bucket ${after.pod} was not read both times.`)
  const [was, is] = [first, second].map(({ value }) => value as readonly StoredObject[])
  if (was === undefined || is === undefined || was.length === 0) return inconclusive(`Bucket ${before.pod} (${before.label}) was empty.`)
  const same = was.find(({ key, sha256 }) => is.some((one) => one.key === key && one.sha256 === sha256))
  if (same !== undefined) return inconclusive(`Object ${same.key} of bucket ${after.pod} was not damaged.`, [second.seq])
  const [listed, listedThen] = [is, was].map(listing)
  if (listed === listedThen) return { outcome: 'upheld', evaluated: is.length }
  return violated(`A listing of bucket ${after.pod} shows that objects changed: ${listed ?? ''}.`, {
    expected: listedThen ?? '',
    actual: listed ?? '',
    entries: [first, second],
  })
}

function listing(objects: readonly StoredObject[]): string {
  return objects.map(({ key, bytes }) => `${key} ${bytes} bytes`).join(', ')
}

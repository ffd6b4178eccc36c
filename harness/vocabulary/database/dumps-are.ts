import type { Judgement } from '../../engine/judge/check.ts'
import type { StoredObject } from '../velero/store/bucket.ts'
import type { FoundDump } from './dumps-in.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Dumps as they were found in a Pod, and how many of them are to be what they seem. */
export interface ExpectedDumps {
  readonly found: MeasurementName
  /** Number of those that are whole. */
  readonly whole: number
  /** Number of those that only have the name of a dump. */
  readonly hollow: number
}

/** So many dumps are there that are whole, and so many that only have the name of one. */
export const dumpsAre = defineCheck<ExpectedDumps>({
  name: 'dumps-are',
  reads: [],
  describe: ({ found, whole, hollow }) => `${whole} whole and ${hollow} hollow dumps in ${describeMeasurement(found)}`,
  judge({ found, whole, hollow }, history) {
    const dumps = dumpsOf(history, found)
    if (dumps === undefined) return inconclusive(`The dumps in ${describeMeasurement(found)} were never read.`)
    const [completeDumps, truncatedDumps] = [dumps.all.filter((dump) => dump.whole), dumps.all.filter((dump) => !dump.whole)]
    if (completeDumps.length === whole && truncatedDumps.length === hollow)
      return { outcome: 'upheld', evaluated: Math.max(1, dumps.all.length) }
    return violated(
      `Pod ${found.pod} (${found.label}) has ${completeDumps.length} whole and ${truncatedDumps.length} hollow dumps instead of ${whole} and ${hollow}.`,
      { expected: `${whole} whole, ${hollow} hollow`, actual: worded(dumps.all), entries: [dumps.entry] },
    )
  },
})

/** Dumps as they were found in a Pod, and what is to be left of them. */
export interface LeftDumps {
  readonly found: MeasurementName
  readonly names: readonly string[]
}

/** Exactly the dumps of these names are there. */
export const dumpsLeft = defineCheck<LeftDumps>({
  name: 'dumps-left',
  reads: [],
  describe: ({ found, names }) => `of all dumps in ${describeMeasurement(found)} exactly ${names.join(', ') || 'none'} left`,
  judge({ found, names }, history) {
    const dumps = dumpsOf(history, found)
    if (dumps === undefined) return inconclusive(`The dumps in ${describeMeasurement(found)} were never read.`)
    const there = dumps.all.map(({ name }) => name)
    const gone = names.filter((name) => !there.includes(name))
    const kept = there.filter((name) => !names.includes(name))
    if (gone.length + kept.length === 0) return { outcome: 'upheld', evaluated: Math.max(1, there.length) }
    const faults = [...gone.map((name) => `${name} is gone`), ...kept.map((name) => `${name} is still there`)]
    return violated(`Pod ${found.pod} (${found.label}) does not have the dumps it is to have: ${faults.join(', ')}.`, {
      expected: names.join('\n') || 'none',
      actual: worded(dumps.all),
      entries: [dumps.entry],
    })
  },
})

/** Dumps as they were found in a Pod, and the bucket to which each of them is to have gone. */
export interface UploadedDumps {
  readonly found: MeasurementName
  /** A reading of the bucket. */
  readonly stored: MeasurementName
  /** Number of objects that the bucket is to hold. */
  readonly objects: number
}

/** A bucket holds so many objects, each of them a whole dump that was found in a Pod, byte for byte. */
export const dumpsStored = defineCheck<UploadedDumps>({
  name: 'dumps-stored',
  reads: [],
  describe: ({ found, stored, objects }) =>
    `${objects} objects in bucket ${stored.pod} (${stored.label}), each a dump of ${describeMeasurement(found)}`,
  judge: judgeStored,
})

function judgeStored({ found, stored, objects }: UploadedDumps, history: readonly HistoryEntry[]): Judgement {
  const dumps = dumpsOf(history, found)
  const bucket = measurementOf(history, { what: 'stored-objects', label: stored.label, subject: stored.pod })
  if (dumps === undefined) return inconclusive(`The dumps in ${describeMeasurement(found)} were never read.`)
  if (bucket === undefined) return inconclusive(`Bucket ${stored.pod} (${stored.label}) was never read.`)
  const kept = bucket.value as readonly StoredObject[]
  const reason = {
    expected: worded(dumps.all),
    actual: kept.map(({ key, bytes, sha256 }) => `${key} ${bytes} bytes ${sha256}`).join('\n') || 'no object',
    entries: [dumps.entry, bucket],
  }
  if (kept.length !== objects)
    return violated(`Bucket ${stored.pod} (${stored.label}) holds ${kept.length} objects instead of ${objects}.`, reason)
  const other = kept.find(({ key, sha256 }) => !dumps.all.some((dump) => dump.whole && dump.name === key && dump.sha256 === sha256))
  if (other !== undefined)
    return violated(`Object ${other.key} in bucket ${stored.pod} is not a complete dump of ${describeMeasurement(found)}.`, reason)
  return { outcome: 'upheld', evaluated: Math.max(1, kept.length) }
}

function dumpsOf(history: readonly HistoryEntry[], { pod, label }: MeasurementName) {
  const entry = measurementOf(history, { what: 'dumps', label, subject: pod })
  return entry && { entry, all: entry.value as readonly FoundDump[] }
}

function worded(dumps: readonly FoundDump[]): string {
  return dumps.map(({ name, bytes, whole }) => `${name} ${bytes} bytes ${whole ? 'whole' : 'hollow'}`).join('\n') || 'no dump'
}

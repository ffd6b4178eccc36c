import type { Judgement } from '../../engine/judge/check.ts'
import { compareLogs, describeLogDifference, type FoundLog } from './acknowledged-log.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { describeMeasurement, type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** What was acknowledged to one writer, or to several in turn, and where the log was read back. */
export interface LogPair {
  readonly acknowledged: MeasurementName | readonly MeasurementName[]
  readonly found: MeasurementName
}

/** A log holds exactly the records acknowledged to its writer: none is lost and none is resurrected. */
export const logHoldsExactly = defineCheck<LogPair>({
  name: 'log-holds-exactly',
  reads: [],
  describe: ({ acknowledged, found }) =>
    `the log read in ${describeMeasurement(found)} holds exactly the records acknowledged in ${[acknowledged].flat().map(describeMeasurement).join(' and ')}`,
  judge,
})

function judge({ acknowledged, found }: LogPair, history: readonly HistoryEntry[]): Judgement {
  const writers = [acknowledged].flat()
  const wanted = writers.map(({ pod, label }) => measurementOf(history, { what: 'acknowledged-records', label, subject: pod }))
  const unkept = writers.find((_, position) => wanted[position] === undefined)
  const read = measurementOf(history, { what: 'log', label: found.label, subject: found.pod })
  if (unkept !== undefined) return inconclusive(`No acknowledgements were kept in ${describeMeasurement(unkept)}.`)
  if (read === undefined) return inconclusive(`The log was never read in ${describeMeasurement(found)}.`)
  const kept = wanted.filter((entry) => entry !== undefined)
  const seqs = kept.flatMap(({ value }) => value as readonly number[])
  const silent = kept.find(({ value }) => (value as readonly number[]).length === 0)
  if (silent !== undefined) return inconclusive('No record was acknowledged: there is nothing to compare.', [silent.seq])
  const difference = describeLogDifference(compareLogs(seqs, read.value as FoundLog))
  if (difference === undefined) return { outcome: 'upheld', evaluated: seqs.length }
  return violated(`Acknowledged-write log in ${describeMeasurement(found)} differs from what was acknowledged: ${difference}.`, {
    expected: `exactly ${seqs.length} acknowledged records`,
    actual: difference,
    entries: [...kept, read],
  })
}

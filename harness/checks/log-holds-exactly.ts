import type { Judgement } from '../check.ts'
import { compareLogs, describeLogDifference, type FoundLog } from '../data/acknowledged-log.ts'
import { defineCheck } from '../define-check.ts'
import type { HistoryEntry } from '../history-entry.ts'
import { examples } from './log-holds-exactly.examples.ts'
import { inconclusive, measurementOf, violated } from './reading.ts'
import type { MeasurementName } from './trees-equal.ts'

/** What was acknowledged to a writer and where the log was read back. */
export interface LogPair {
  readonly acknowledged: MeasurementName
  readonly found: MeasurementName
}

/** A log holds every record acknowledged to its writer, and none besides: neither lost nor resurrected ones. */
export const logHoldsExactly = defineCheck<LogPair>({
  name: 'log-holds-exactly',
  describe: ({ acknowledged, found }) =>
    `the log read in Pod ${found.pod} (${found.label}) holds exactly the records acknowledged in Pod ${acknowledged.pod} (${acknowledged.label})`,
  judge,
  examples,
})

function judge({ acknowledged, found }: LogPair, history: readonly HistoryEntry[]): Judgement {
  const wanted = measurementOf(history, { what: 'acknowledged-records', label: acknowledged.label, subject: acknowledged.pod })
  const read = measurementOf(history, { what: 'log', label: found.label, subject: found.pod })
  if (wanted === undefined) return inconclusive(`No acknowledgements were kept in Pod ${acknowledged.pod} (${acknowledged.label}).`)
  if (read === undefined) return inconclusive(`The log was never read in Pod ${found.pod} (${found.label}).`)
  const seqs = wanted.value as readonly number[]
  if (seqs.length === 0) return inconclusive('No record was acknowledged: there is nothing to compare.', [wanted.seq])
  const difference = describeLogDifference(compareLogs(seqs, read.value as FoundLog))
  if (difference === undefined) return { outcome: 'upheld', looked: seqs.length }
  return violated(`Acknowledged-write log in Pod ${found.pod} (${found.label}) differs from what was acknowledged: ${difference}.`, {
    expected: `exactly ${seqs.length} acknowledged records`,
    actual: difference,
    entries: [wanted, read],
  })
}

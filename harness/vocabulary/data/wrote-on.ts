import type { Judgement } from '../../engine/judge/check.ts'
import { faultsOf, type FoundWrites } from './workload/continuous-writes.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'
import { field } from '../../engine/object.ts'

/** What a continuous writer had acknowledged before and after something that is not to stop it, and what was then found of its writes. */
export interface WrittenThroughout {
  readonly before: MeasurementName
  readonly after: MeasurementName
  readonly found: MeasurementName
}

/** A continuous writer went on: more is acknowledged after than before, and all of it is there, whole. */
export const wroteOn = defineCheck<WrittenThroughout>({
  name: 'wrote-on',
  reads: [],
  describe: ({ before, after }) => `what ${before.pod} writes goes on from ${before.label} to ${after.label}, and nothing of it is lost`,
  judge,
})

function judge({ before, after, found }: WrittenThroughout, history: readonly HistoryEntry[]): Judgement {
  const [was, is] = [before, after].map(({ pod, label }) => measurementOf(history, { what: 'acknowledged', label, subject: pod }))
  const writes = measurementOf(history, { what: 'writes', label: found.label, subject: found.pod })
  if (was === undefined || is === undefined) return inconclusive(`What ${before.pod} had acknowledged was not kept.`)
  if (writes === undefined) return inconclusive(`What ${before.pod} wrote was never read.`)
  const [first, last] = [was, is].map(({ value }) => field(value, 'record')) as [number | null, number | null]
  if (first === null || first === 0) return inconclusive(`Pod ${before.pod} had written nothing ${before.label}.`, [was.seq])
  if (last === null) {
    return violated(`The writer of Pod ${before.pod} was gone ${after.label}.`, {
      ...{ expected: `a record after ${first}`, actual: 'no writer' },
      entries: [was, is],
    })
  }
  if (last <= first) {
    return violated(`Pod ${before.pod} wrote nothing from ${before.label} to ${after.label}: record ${last} is the last of both.`, {
      expected: `a record after ${first}`,
      actual: `record ${last}`,
      entries: [was, is],
    })
  }
  const faults = faultsOf(writes.value as FoundWrites, { atLeast: last, atMost: last })
  if (faults.length === 0) return { outcome: 'upheld', evaluated: last }
  return violated(`Not all that ${before.pod} wrote until ${after.label} is there: ${faults.join('; ')}.`, {
    expected: `records 1 to ${last}, whole`,
    actual: faults.join('; '),
    entries: [is, writes],
  })
}

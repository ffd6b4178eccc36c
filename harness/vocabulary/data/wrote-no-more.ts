import { isDeepStrictEqual } from 'node:util'
import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundWrites } from './workload/continuous-writes.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** What a continuous writer had left at two times, both after its end. */
export interface LeftBehind {
  readonly first: MeasurementName
  readonly later: MeasurementName
}

/** A continuous writer is over: what it left is the same later, though its node is back. */
export const wroteNoMore = defineCheck<LeftBehind>({
  name: 'wrote-no-more',
  reads: [],
  describe: ({ first, later }) => `what was found ${first.label} is the same ${later.label}`,
  judge,
})

function judge({ first, later }: LeftBehind, history: readonly HistoryEntry[]): Judgement {
  const [before, after] = [first, later].map(({ pod, label }) => measurementOf(history, { what: 'writes', label, subject: pod }))
  if (before === undefined || after === undefined)
    return inconclusive(`What was left ${first.label} and ${later.label} was not read both times.`)
  const [was, is] = [before.value, after.value] as [FoundWrites, FoundWrites]
  const last = lastOf(was)
  if (last === 0) return inconclusive(`Nothing was written ${first.label}.`, [before.seq])
  if (isDeepStrictEqual(was, is)) return { outcome: 'upheld', evaluated: last }
  return violated(`Somebody wrote from ${first.label} to ${later.label}: record ${last} was the last, then ${lastOf(is)}.`, {
    ...{ expected: `record ${last}`, actual: `record ${lastOf(is)}` },
    entries: [before, after],
  })
}

function lastOf({ sequence }: FoundWrites): number {
  return sequence.at(-1)?.[1] ?? 0
}

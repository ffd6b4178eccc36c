import type { Judgement } from '../../engine/judge/check.ts'
import type { FoundWrites } from '../data/workload/continuous-writes.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** What was found in two volumes of which the first got each record before the second. */
export interface Steps {
  readonly first: MeasurementName
  readonly second: MeasurementName
}

/** Two volumes that one writer wrote to in turn hold the same records, or the first holds one more: they are of the same instant. */
export const restoredInStep = defineCheck<Steps>({
  name: 'restored-in-step',
  reads: [],
  describe: ({ first, second }) => `${first.label} and ${second.label} in Pod ${first.pod} are of the same instant`,
  judge,
})

function judge({ first, second }: Steps, history: readonly HistoryEntry[]): Judgement {
  const found = [first, second].map(({ pod, label }) => measurementOf(history, { what: 'writes', label, subject: pod }))
  const [one, other] = found
  if (one === undefined || other === undefined) return inconclusive(`${first.label} and ${second.label} were not both read.`)
  const [ahead, behind] = [lastOf(one.value as FoundWrites), lastOf(other.value as FoundWrites)]
  if (ahead === 0 && behind === 0) return inconclusive(`Neither ${first.label} nor ${second.label} holds a record.`, [one.seq, other.seq])
  if (ahead === behind || ahead === behind + 1) return { outcome: 'upheld', evaluated: 2 }
  return violated(
    `Volumes restored from one VolumeGroupSnapshot are of different instants: ${first.label} ends with record ${ahead}, ${second.label} with ${behind}.`,
    { expected: `the same record in both, or one more in ${first.label}`, actual: `${ahead} and ${behind}`, entries: [one, other] },
  )
}

function lastOf({ sequence }: FoundWrites): number {
  return sequence.at(-1)?.[1] ?? 0
}

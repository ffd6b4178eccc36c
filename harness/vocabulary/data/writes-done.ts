import type { Judgement } from '../../engine/judge/check.ts'
import type { WriteAttempts } from './refusals.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Attempts to write to a volume, and the ways of writing that are to get through. */
export interface Allowed {
  readonly attempts: MeasurementName
  readonly ways: readonly (keyof WriteAttempts)[]
}

/** These ways of writing to a volume get through. */
export const writesDone = defineCheck<Allowed>({
  name: 'writes-done',
  reads: [],
  describe: ({ attempts, ways }) => `Pod ${attempts.pod} (${attempts.label}) may ${ways.join(', ')} files of its volume`,
  judge,
})

function judge({ attempts, ways }: Allowed, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'write-attempts', label: attempts.label, subject: attempts.pod })
  if (entry === undefined) return inconclusive(`Nothing was tried in Pod ${attempts.pod} (${attempts.label}).`)
  const found = entry.value as WriteAttempts
  const refused = ways.filter((way) => found[way] !== null).map((way) => `${way} with ${found[way]}`)
  if (refused.length === 0) return { outcome: 'upheld', evaluated: ways.length }
  return violated(`Pod ${attempts.pod} (${attempts.label}) was refused to write to its volume: ${refused.join(', ')}.`, {
    expected: `${ways.join(', ')} done`,
    actual: refused.join(', '),
    entries: [entry],
  })
}

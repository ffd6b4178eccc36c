import type { Judgement } from '../../engine/judge/check.ts'
import type { WriteAttempts } from './refusals.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Attempts to write to a volume that is to be read-only. */
export interface Attempted {
  readonly attempts: MeasurementName
  /** Why: the file system is read-only, or it belongs to others; the former when absent. */
  readonly because?: keyof typeof codes
}

const codes = { 'read-only': ['EROFS'], 'not-owned': ['EACCES', 'EPERM'] } as const

const worded = { 'read-only': 'read-only', 'not-owned': 'not its own' } as const

/** Every way of writing to a volume is refused, because its file system is read-only, or belongs to others. */
export const writesRefused = defineCheck<Attempted>({
  name: 'writes-refused',
  reads: [],
  describe: ({ attempts, because = 'read-only' }) =>
    `every write to the volume of Pod ${attempts.pod} (${attempts.label}) is refused with ${codes[because].join(' or ')}`,
  judge,
})

function judge({ attempts, because = 'read-only' }: Attempted, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'write-attempts', label: attempts.label, subject: attempts.pod })
  if (entry === undefined) return inconclusive(`Nothing was tried in Pod ${attempts.pod} (${attempts.label}).`)
  const answers = Object.entries(entry.value as WriteAttempts) as readonly (readonly [string, string | null])[]
  const refusals: readonly string[] = codes[because]
  const reason = {
    expected: `every write refused with ${refusals.join(' or ')}`,
    actual: answers.map(([way, refusal]) => `${way}: ${refusal ?? 'done'}`).join(', '),
    entries: [entry],
  }
  const done = answers.filter(([, refusal]) => refusal === null).map(([way]) => way)
  if (done.length > 0)
    return violated(`Pod ${attempts.pod} could write to a volume that is ${worded[because]}: ${done.join(', ')}.`, reason)
  const other = answers.find(([, refusal]) => !refusals.includes(String(refusal)))
  if (other !== undefined)
    return violated(`Pod ${attempts.pod} was refused to ${other[0]} with ${String(other[1])} instead of ${refusals.join(' or ')}.`, reason)
  return { outcome: 'upheld', evaluated: answers.length }
}

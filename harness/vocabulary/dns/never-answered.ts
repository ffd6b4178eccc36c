import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { type MeasurementName, measurementOf } from '../../engine/measurement.ts'

/** Names that cluster DNS was asked for again and again. */
export interface WatchedNames {
  readonly found: MeasurementName
}

/** How often each name was asked for, and every address that was answered, behind its name. */
interface Answers {
  readonly times: number
  readonly answers: readonly string[]
}

/** A name that is asked for once may be there a moment later. */
const fewest = 2

/**
 * Cluster DNS has no address for names, however often it is asked.
 * See https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export const neverAnswered = defineCheck<WatchedNames>({
  name: 'never-answered',
  reads: [],
  describe: ({ found }) => `${found.label}: no such name, however often it is asked for`,
  judge,
})

function judge({ found: { pod, label } }: WatchedNames, history: readonly HistoryEntry[]): Judgement {
  const entry = measurementOf(history, { what: 'answers', label, subject: pod })
  if (entry === undefined) return inconclusive(`Pod ${pod} never asked for ${label}.`)
  const { times, answers } = entry.value as Answers
  if (answers.length > 0) {
    const actual = answers.join(', ')
    return violated(`Cluster DNS answered ${label} with ${actual} instead of no such name.`, {
      expected: 'no such name',
      actual,
      entries: [entry],
    })
  }
  if (times < fewest) return inconclusive(`Pod ${pod} asked for ${label} only ${times} times.`, [entry.seq])
  return { outcome: 'upheld', evaluated: times }
}

import type { HeardName, HeardOfApiServer } from './api-server-from.ts'
import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { measurementOf } from '../../engine/measurement.ts'

/** What a node heard of the API server before and while it is to be away. */
export interface ApiServerHeard {
  readonly before: HeardName
  readonly away: HeardName
}

/** The API server answered a node before, and does not any more. */
export const apiServerAway = defineCheck<ApiServerHeard>({
  name: 'api-server-away',
  reads: [],
  describe: ({ before, away }) => `the API server answers node ${before.node} ${before.label}, and not ${away.label}`,
  judge,
})

function judge({ before, away }: ApiServerHeard, history: readonly HistoryEntry[]): Judgement {
  const [was, is] = [before, away].map(({ node, label }) => measurementOf(history, { what: 'api-server', label, subject: node }))
  if (was === undefined || is === undefined) return inconclusive(`Node ${before.node} did not ask the API server twice.`)
  const [first, last] = [was, is].map(({ value }) => (value as HeardOfApiServer).said) as [string, string]
  if (first === '') return inconclusive(`The API server did not answer node ${before.node} ${before.label}.`, [was.seq])
  if (last === '') return { outcome: 'upheld', evaluated: 2 }
  return violated(`The API server answered node ${away.node} ${away.label}.`, { expected: 'no answer', actual: last, entries: [is] })
}

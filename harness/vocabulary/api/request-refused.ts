import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { isPassing } from '../service/passing-answer.ts'

/** Requests of one verb for one object, and the HTTP status code that is to refuse them. */
export interface Refusal {
  readonly verb: string
  readonly kind: string
  readonly name: string
  readonly code: number
}

/** The API server refuses a request: nothing of it is stored. */
export const requestRefused = defineCheck<Refusal>({
  name: 'request-refused',
  reads: [],
  describe: ({ verb, kind, name, code }) => `the API server refuses to ${verb} ${kind} ${name} with ${code}`,
  judge,
})

function judge({ verb, kind, name, code }: Refusal, history: readonly HistoryEntry[]): Judgement {
  const acts = history.filter(
    (entry): entry is Act => entry.type === 'act' && entry.verb === verb && entry.subject.kind === kind && entry.subject.name === name,
  )
  const requests = acts.filter((act) => act.phase === 'requested')
  const answers = acts.filter((act) => act.phase !== 'requested')
  const sent = JSON.stringify(requests[0]?.request ?? {})
  const accepted = answers.find((act) => act.phase === 'accepted')
  if (accepted !== undefined) {
    return violated(`The API server accepted a request that it must refuse: ${verb} ${kind} ${name} with ${sent}.`, {
      expected: `refused with ${code}`,
      actual: 'accepted',
      entries: [...requests, accepted],
    })
  }
  const refused = answers.filter((act) => act.phase === 'rejected')
  const unsure = refused.find((act) => isPassing(act.answer?.code)) ?? answers.find((act) => act.phase === 'unknown')
  if (unsure !== undefined) {
    return inconclusive(`The request to ${verb} ${kind} ${name} was neither accepted nor refused.`, [unsure.seq])
  }
  const other = refused.find((act) => act.answer?.code !== code)
  if (other !== undefined) {
    return violated(`The API server refused to ${verb} ${kind} ${name} with ${String(other.answer?.code)} instead of ${code}.`, {
      expected: `refused with ${code}`,
      actual: `refused with ${String(other.answer?.code)} ${other.answer?.reason ?? ''}`,
      entries: [...requests, other],
    })
  }
  return { outcome: 'upheld', evaluated: refused.length }
}

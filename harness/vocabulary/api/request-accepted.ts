import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { isPassing } from '../service/passing-answer.ts'

/** Requests of one verb for one object. */
export interface Request {
  readonly verb: string
  readonly kind: string
  readonly name: string
}

/** The API server does what is asked, every time it is asked. */
export const requestAccepted = defineCheck<Request>({
  name: 'request-accepted',
  reads: [],
  describe: ({ verb, kind, name }) => `the API server accepts to ${verb} ${kind} ${name}`,
  judge,
})

function judge({ verb, kind, name }: Request, history: readonly HistoryEntry[]): Judgement {
  const answers = history.filter(
    (entry): entry is Act =>
      entry.type === 'act' &&
      entry.verb === verb &&
      entry.subject.kind === kind &&
      entry.subject.name === name &&
      entry.phase !== 'requested',
  )
  const unsure = answers.find(({ phase, answer }) => phase === 'unknown' || (phase === 'rejected' && isPassing(answer?.code)))
  if (unsure !== undefined) {
    return inconclusive(`The request to ${verb} ${kind} ${name} was neither accepted nor refused.`, [unsure.seq])
  }
  const refused = answers.find(({ phase }) => phase === 'rejected')
  if (refused === undefined) return { outcome: 'upheld', evaluated: answers.length }
  const { code, reason } = refused.answer ?? {}
  return violated(`The API server refused to ${verb} ${kind} ${name} with ${String(code)}.`, {
    expected: 'accepted',
    actual: `refused with ${String(code)} ${reason ?? ''}`,
    entries: [refused],
  })
}

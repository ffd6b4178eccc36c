import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { Act, HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import type { Request } from './request-accepted.ts'
import { isPassing } from '../service/passing-answer.ts'

/**
 * Requests of one verb for one object, the HTTP status code that is to refuse them, and what for. A 422 names fields: each refusal one of
 * these, or what it is part of, as versions differ in saying that `spec` or `spec.volumeClaimTemplates` is immutable; and each of these is
 * named. Other refusals name nothing but in words: `says` is a part of their message.
 */
export type Refusal = Request &
  ({ readonly code: 422; readonly fields: readonly string[] } | { readonly code: 400 | 403; readonly says: string })

/** What a judgement has recorded; one of an earlier version knows nothing but the code. */
type RecordedRefusal = Request & { readonly code: number; readonly fields?: readonly string[]; readonly says?: string }

/** The API server refuses a request for what is wrong with it: nothing of it is stored. */
export const requestRefused = defineCheck<Refusal>({
  name: 'request-refused',
  reads: [],
  describe: (refusal) => `the API server refuses to ${refusal.verb} ${refusal.kind} ${refusal.name} with ${wanted(refusal)}`,
  judge,
})

function judge(refusal: RecordedRefusal, history: readonly HistoryEntry[]): Judgement {
  const { verb, kind, name } = refusal
  const acts = history.filter(
    (entry): entry is Act => entry.type === 'act' && entry.verb === verb && entry.subject.kind === kind && entry.subject.name === name,
  )
  const requests = acts.filter((act) => act.phase === 'requested')
  const answers = acts.filter((act) => act.phase !== 'requested')
  const sent = JSON.stringify(requests[0]?.request ?? {})
  const accepted = answers.find((act) => act.phase === 'accepted')
  const expected = `refused with ${wanted(refusal)}`
  if (accepted !== undefined) {
    return violated(`The API server accepted a request that it must refuse: ${verb} ${kind} ${name} with ${sent}.`, {
      ...{ expected, actual: 'accepted', entries: [...requests, accepted] },
    })
  }
  const refused = answers.filter((act) => act.phase === 'rejected')
  const unsure = refused.find((act) => isPassing(act.answer?.code)) ?? answers.find((act) => act.phase === 'unknown')
  if (unsure !== undefined) {
    return inconclusive(`The request to ${verb} ${kind} ${name} was neither accepted nor refused.`, [unsure.seq])
  }
  const other = refused.find((act) => !isFor(refusal, act))
  if (other !== undefined) {
    return violated(`The API server refused to ${verb} ${kind} ${name} for another reason than what is wrong with it.`, {
      ...{ expected, actual: refusalOf(other), entries: [...requests, other] },
    })
  }
  const unnamed = refusal.fields?.find((field) => !refused.some((act) => names(act, field)))
  if (unnamed !== undefined && refused.length > 0) {
    return violated(`The API server refused to ${verb} ${kind} ${name}, but not for ${unnamed}.`, {
      ...{ expected, actual: refused.map(refusalOf).join('; '), entries: [...requests, ...refused] },
    })
  }
  return { outcome: 'upheld', evaluated: refused.length }
}

/** Whether a refusal has the code, and names one of the fields or says the words. */
function isFor({ code, fields, says }: RecordedRefusal, act: Act): boolean {
  const named = fields === undefined || fields.some((field) => names(act, field))
  const said = says === undefined || (act.answer?.message ?? '').includes(says)
  return act.answer?.code === code && named && said
}

/** Whether a refusal names a field, or what it is part of. */
function names({ answer }: Act, field: string): boolean {
  return answer?.causes?.some((cause) => cause.field === field || field.startsWith(`${cause.field}.`)) ?? false
}

function wanted({ code, fields, says }: RecordedRefusal): string {
  if (fields !== undefined) return `${code} for ${fields.join(', ')}`
  return says === undefined ? String(code) : `${code} and the words: ${says}`
}

function refusalOf({ answer }: Act): string {
  return `refused with ${String(answer?.code)} ${answer?.reason ?? ''}: ${answer?.message ?? ''}`
}

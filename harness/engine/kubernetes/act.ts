import { randomUUID } from 'node:crypto'
import type { Act, ObjectRef } from '../history/history-entry.ts'
import type { History } from '../history/history.ts'
import { ApiError } from './api-error.ts'

/** HTTP status code, reason and message with which the API server answered an act. */
export type Answer = NonNullable<Act['answer']>

/** What is recorded of an act whose result says nothing. */
export function done(): Answer {
  return { code: 200, reason: 'OK', message: 'done' }
}

/** An act about to be done. */
export interface ActOptions<Result> {
  readonly history: History
  readonly verb: string
  readonly subject: ObjectRef
  readonly as?: string | undefined
  /** What is sent, as it is recorded. */
  readonly request?: unknown
  /** Whether it is one request to the API server, which is sent with the audit ID that `send` is given. */
  readonly isAudited?: boolean
  /** Whether somebody else does it: it waits for nothing, and the acts of the guarantee wait for it. */
  readonly interferes?: boolean
  readonly send: (auditID: string) => Promise<Result>
  /** What is recorded of the result. */
  readonly answer: (result: Result) => Answer
}

/** How an act came out, when a refusal is one of the answers looked for. */
export type Attempt<Result> =
  | { readonly accepted: true; readonly answer: Answer; readonly result: Result }
  | { readonly accepted: false; readonly answer: Answer }

/**
 * Does an act and records it: requested before it is sent, then accepted, rejected, or unknown when no answer came, which throws.
 * What somebody else does upon it, or upon what was seen until then, is done before the next step of the guarantee.
 */
export async function attempt<Result>(options: ActOptions<Result>): Promise<Attempt<Result>> {
  const { history, verb, subject, as, request, isAudited = false, interferes = false, send, answer } = options
  const actId = randomUUID()
  if (!interferes) while (history.held !== undefined) await history.held
  const entry = { type: 'act', actId, verb, subject, ...(as !== undefined && { as }) } as const
  history.append({ ...entry, phase: 'requested', ...(isAudited && { auditID: actId }), ...(request !== undefined && { request }) })
  try {
    const result = await send(actId)
    const accepted = answer(result)
    history.append({ ...entry, phase: 'accepted', answer: accepted })
    if (!interferes) while (history.held !== undefined) await history.held
    return { accepted: true, answer: accepted, result }
  } catch (error) {
    const { code, reason, message, causes } =
      error instanceof ApiError ? error : { code: 0, reason: 'NoAnswer', message: String(error), causes: undefined }
    const refusal = { code, reason, message, ...(causes && { causes }) }
    const unknown = code === 0 || code >= 500
    if (!history.closed) history.append({ ...entry, phase: unknown ? 'unknown' : 'rejected', answer: refusal })
    if (unknown) throw error
    return { accepted: false, answer: refusal }
  }
}

/** Does an act that has to be accepted. Throws `ApiError` when it is refused. */
export async function act<Result>(options: ActOptions<Result>): Promise<Result> {
  const outcome = await attempt(options)
  if (outcome.accepted) return outcome.result
  const { kind, name, namespace } = options.subject
  const subject = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
  throw new ApiError({ ...outcome.answer, message: `${subject} was refused (${options.verb}): ${outcome.answer.message}` })
}

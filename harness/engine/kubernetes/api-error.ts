import type { IncomingHttpHeaders } from 'node:http'
import type { Cause } from '../history/history-entry.ts'
import { retryAfterOf } from './retry-after.ts'

/** The API server, or the way to it, refused a request. `code` is 0 when no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: number
  readonly reason: string
  /** Seconds after which the server wants to be asked again, where it did not execute the request for reasons of its own. */
  readonly retryAfter: number | undefined
  /** What is wrong with the request and where, as far as the answer says so. */
  readonly causes: readonly Cause[] | undefined

  constructor({
    code,
    reason,
    message,
    retryAfter,
    causes,
    cause,
  }: {
    readonly code: number
    readonly reason: string
    readonly message: string
    readonly retryAfter?: number | undefined
    readonly causes?: readonly Cause[] | undefined
    readonly cause?: unknown
  }) {
    super(message, { cause })
    this.code = code
    this.reason = reason
    this.retryAfter = retryAfter
    this.causes = causes
  }
}

/** The error for a request that was not answered. */
export function unanswered(what: string, cause: unknown): ApiError {
  // Why a request was aborted says more than that it was.
  const why = cause instanceof Error && cause.name === 'AbortError' && cause.cause instanceof Error ? cause.cause : cause
  const message = why instanceof Error ? why.message : String(why)
  return new ApiError({ code: 0, reason: 'NoAnswer', message: `${what} got no answer: ${message}`, cause })
}

/** The error for an answer other than 2xx, whose body is a Status as a rule. */
export function refused(
  what: string,
  { statusCode: code = 0, headers }: { readonly statusCode?: number | undefined; readonly headers: IncomingHttpHeaders },
  answer: string,
): ApiError {
  let status: Status = {}
  try {
    status = JSON.parse(answer)
  } catch {
    status = { message: answer.slice(0, 300) }
  }
  const reason = status.reason ?? 'Unknown'
  const message = status.message ?? ''
  return new ApiError({
    code,
    reason,
    message: message === '' ? `${what} returned ${code}` : message,
    retryAfter: retryAfterOf({ code, header: headers['retry-after'], status }),
    causes: causesIn(status),
  })
}

/** What Kubernetes answers when it refuses a request, as far as it is read here. */
interface Status {
  readonly reason?: string
  readonly message?: string
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly field?: string }[] }
}

/** Causes that name a field, or undefined where there is none. */
function causesIn({ details }: Status): readonly Cause[] | undefined {
  const causes = details?.causes?.flatMap(({ reason = 'Unknown', field }) => (field === undefined ? [] : [{ reason, field }])) ?? []
  return causes.length === 0 ? undefined : causes
}

/** Treats 404 as success: the object is already gone. */
export function ignoreNotFound(error: unknown): undefined {
  if (error instanceof ApiError && error.code === 404) return undefined
  throw error
}

/** Whether the update conflicted (409): re-read the object and retry. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 409
}

/** Whether a request was refused because its credentials are not, or no longer, valid. */
export function isUnauthorised(error: unknown): boolean {
  return error instanceof ApiError && error.code === 401
}

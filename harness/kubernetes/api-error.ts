/** The API server, or the way to it, refused a request. `code` is 0 when no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: number
  readonly reason: string

  constructor({
    code,
    reason,
    message,
    cause,
  }: {
    readonly code: number
    readonly reason: string
    readonly message: string
    readonly cause?: unknown
  }) {
    super(message, { cause })
    this.code = code
    this.reason = reason
  }
}

/** The error for a request that was not answered. */
export function unanswered(what: string, cause: unknown): ApiError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new ApiError({ code: 0, reason: 'NoAnswer', message: `${what} was not answered: ${message}`, cause })
}

/** The error for an answer other than 2xx, whose body is a Status as a rule. */
export function refused(what: string, code: number, answer: string): ApiError {
  let status: { readonly reason?: string; readonly message?: string } = {}
  try {
    status = JSON.parse(answer)
  } catch {
    status = { message: answer.slice(0, 300) }
  }
  const reason = status.reason ?? 'Unknown'
  return new ApiError({ code, reason, message: status.message ?? `${what} was answered with ${code}` })
}

/** Deleting what is already gone is done, and what is not there is nobody's. */
export function ignoreNotFound(error: unknown): undefined {
  if (error instanceof ApiError && error.code === 404) return undefined
  throw error
}

/** Whether a change was refused because the object was changed since it was read: it is to be read again, and changed as it is then. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 409
}

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

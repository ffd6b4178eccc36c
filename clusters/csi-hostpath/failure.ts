/** Names of the gRPC status codes that the driver answers, of its own accord or because a fault tells it to. */
export const failureCodes = [
  'INVALID_ARGUMENT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'OUT_OF_RANGE',
  'FAILED_PRECONDITION',
  'ABORTED',
  'DEADLINE_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'INTERNAL',
  'UNAVAILABLE',
  'UNIMPLEMENTED',
] as const

export type FailureCode = (typeof failureCodes)[number]

/** Whether a text is the name of such a code. */
export function isFailureCode(name: string): name is FailureCode {
  return (failureCodes as readonly string[]).includes(name)
}

/** A call that cannot be carried out, with the gRPC code the CSI specification asks for. */
export class Failure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Failure'
    this.code = code
  }
}

/** Demands a field of a request; an empty one is INVALID_ARGUMENT. */
export function required<T>(value: T | '' | null | undefined, field: string): T {
  if (value === '' || value === null || value === undefined) throw new Failure('INVALID_ARGUMENT', `${field} is missing: set it.`)
  return value
}

/** Turns anything thrown into a Failure: a full disk is RESOURCE_EXHAUSTED, a size no file can have OUT_OF_RANGE, the rest INTERNAL. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const message = error instanceof Error ? error.message : String(error)
  const errno = error instanceof Error && 'code' in error ? error.code : undefined
  if (errno === 'ENOSPC' || /no space left on device/i.test(message)) return new Failure('RESOURCE_EXHAUSTED', message, { cause: error })
  if (errno === 'EFBIG') return new Failure('OUT_OF_RANGE', message, { cause: error })
  return new Failure('INTERNAL', message, { cause: error })
}

import { SetupError } from '../clusters/setup-error.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { UsageError } from './usage-error.ts'

/** What an error says to the user: a sentence and its fix where the user can act, the whole stack where only we can. */
export function failureText(error: unknown): string {
  if (error instanceof UsageError || error instanceof SetupError) {
    return error.fix === undefined ? error.message : `${error.message} ${error.fix}`
  }
  if (isFullDisk(error))
    return `The disk is full: ${error.message}. Free some space and run the command again; "holdfast sweep" removes what dead runs left.`
  if (error instanceof AggregateError) return [error.message, ...error.errors.map((one) => failureText(one))].join('\n')
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Prints an error on standard error and returns the exit code for it. */
export function tellFailure(error: unknown): ExitCode {
  process.stderr.write(`${failureText(error)}\n`)
  return exitCodes.setUp
}

function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

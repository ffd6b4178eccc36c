import { SetupError } from '../../clusters/setup-error.ts'
import { causesOf } from '../../harness/engine/causes.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { UsageError } from './usage-error.ts'

/**
 * What an error says to the user: a sentence and its fix where the user can act, the whole stack where only we can. All errors that it
 * carries are told, each once: what was thrown first, then what went wrong while cleaning up, and their causes.
 */
export function failureText(error: unknown): string {
  const texts: string[] = []
  for (const cause of causesOf(error)) {
    const text = textOf(cause)
    const said = cause instanceof Error ? cause.message : text
    if (!texts.some((known) => known.includes(said))) texts.push(text)
  }
  return texts.join('\n')
}

function textOf(error: unknown): string {
  if (isForUser(error)) return error.fix === undefined ? error.message : `${error.message} ${error.fix}`
  if (isFullDisk(error))
    return `The disk is full: ${error.message}. Free some space and run the command again; "holdfast sweep" removes what dead runs left.`
  if (error instanceof AggregateError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Prints an error on standard error and returns the exit code for it. */
export function tellFailure(error: unknown): ExitCode {
  process.stderr.write(`${failureText(error)}\n`)
  return exitCodes.setUp
}

function isForUser(error: unknown): error is UsageError | SetupError {
  return error instanceof UsageError || error instanceof SetupError
}

function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

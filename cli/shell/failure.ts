import { SetupError } from '../../clusters/setup-error.ts'
import { causesOf } from '../../harness/engine/causes.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { UsageError } from './usage-error.ts'

/**
 * What an error says to the user: a sentence and its fix where the user can act, the whole stack where only we can. All errors that it
 * carries are printed, each once: what was thrown first, then what went wrong while cleaning up, and their causes. Below a sentence with
 * its fix, a cause is printed only where the user can act on it, too.
 */
export function failureText(error: unknown): string {
  const texts: string[] = []
  const all = causesOf(error)
  const explained = new Set(all.flatMap(explainedBy))
  for (const cause of all) {
    if (explained.has(cause)) continue
    const text = textOf(cause)
    const said = cause instanceof Error ? cause.message : text
    if (!texts.some((known) => known.includes(said))) texts.push(text)
  }
  return texts.join('\n')
}

/** What is said already by the sentence of an error, and put right by its fix. */
function explainedBy(error: unknown): readonly unknown[] {
  if (!isForUser(error) || error.fix === undefined || error.cause === undefined) return []
  return causesOf(error.cause).filter((cause) => !isForUser(cause) && !isFullDisk(cause))
}

function textOf(error: unknown): string {
  if (isForUser(error)) return error.fix === undefined ? error.message : `${error.message} ${error.fix}`
  if (isFullDisk(error))
    return `The disk is full: ${error.message}. Free some space and run the command again; "holdfast sweep" removes what dead runs left.`
  if (error instanceof AggregateError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Prints an error on standard error and returns the exit code for it. */
export function printFailure(error: unknown): ExitCode {
  process.stderr.write(`${failureText(error)}\n`)
  return exitCodes.setUp
}

function isForUser(error: unknown): error is UsageError | SetupError {
  return error instanceof UsageError || error instanceof SetupError
}

function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

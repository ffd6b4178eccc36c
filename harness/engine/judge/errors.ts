import { sequence } from './sequence.ts'
import type { HistoryEntry } from '../history/history-entry.ts'
import type { Reason } from '../history/judgement-record.ts'

/** Parts of an error message: the sentence, what was seen instead, and the evidence file. */
export interface ErrorDetails {
  readonly reason: Reason
  /** What was seen last; `reason.actual` when absent. */
  readonly lastSeen?: string
  /** The last error the API server or the connection gave, or none. */
  readonly lastError?: string
  /** Entries to show as a sequence, oldest first. */
  readonly entries?: readonly HistoryEntry[]
  /** File that holds the history. */
  readonly evidence?: string
}

/** The one formatter of error messages: a sentence that makes sense alone, then what was expected and what was seen. */
export function formatError({ reason, lastSeen = reason.actual, lastError, entries = [], evidence }: ErrorDetails): string {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['expected', reason.expected],
    ['last seen', lastSeen],
    ['last error', lastError],
    ['sequence', entries.length > 0 ? sequence(entries) : undefined],
    ['evidence', evidence],
  ]
  return [reason.summary, ...lines.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(11)}${text}`]))].join('\n')
}

/** The system broke the sentence of a guarantee: the verdict is Failed. */
export class Violation extends Error {
  override readonly name = 'Violation'
  reason: Reason = { summary: '' }
  expected: string | undefined
  actual: string | undefined

  /** Fills in what happened. The error itself is made before the first `await`, so that its stack begins in the suite. */
  withDetails(details: ErrorDetails): this {
    this.reason = details.reason
    this.expected = details.reason.expected
    this.actual = details.reason.actual ?? details.lastSeen
    return withMessage(this, formatError(details))
  }
}

/** We could not tell whether the sentence holds: the verdict is Inconclusive. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive'
  reason: Reason = { summary: '' }

  /** Fills in what happened, as `Violation.withDetails` does. */
  withDetails(details: ErrorDetails): this {
    this.reason = details.reason
    return withMessage(this, formatError(details))
  }
}

/** Replaces the message and, because a stack begins with its message, the stack. */
function withMessage<E extends Error>(error: E, message: string): E {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  error.message = message
  error.stack = [`${error.name}: ${message}`, ...frames].join('\n')
  return error
}

/** Both errors made where the suite stands, of which a verb throws at most one. Frames from `verb` inwards are cut off the stack. */
export function errorsHere(verb: (...parameters: never[]) => unknown): {
  readonly violation: Violation
  readonly inconclusive: Inconclusive
} {
  const violation = new Violation()
  const inconclusive = new Inconclusive()
  Error.captureStackTrace(violation, verb)
  Error.captureStackTrace(inconclusive, verb)
  return { violation, inconclusive }
}

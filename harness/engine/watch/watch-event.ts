import { field } from '../object.ts'
import type { ObservedObject } from '../history/history-entry.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import { retryAfterOf } from '../kubernetes/retry-after.ts'

/** The watch cannot go on from where it is: what follows must be listed anew, and what was missed is a gap. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** One event of a watch. A bookmark carries nothing but a resourceVersion. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly object: ObservedObject
}

/**
 * Reads one line of a watch. Throws `ApiError` for an error event, whose code 410 says that the watch cannot go on from where it is, and
 * `Gone` for a line that is no event.
 */
export function parseEvent(line: string): WatchEvent {
  const event = json(line)
  const type = field(event, 'type')
  const object = field(event, 'object')
  if (type === 'ERROR') throw ended(object)
  const needed = type === 'BOOKMARK' ? ['resourceVersion'] : ['name', 'uid', 'resourceVersion']
  const known = type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK'
  if (known && needed.every((name) => typeof field(object, 'metadata', name) === 'string'))
    return { type, object: object as ObservedObject }
  throw new Gone(`A line of the watch is not an event: ${line.slice(0, 120)}`)
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function ended(status: unknown): ApiError {
  const [code, reason, message] = ['code', 'reason', 'message'].map((name) => field(status, name))
  return new ApiError({
    code: typeof code === 'number' ? code : 0,
    reason: typeof reason === 'string' ? reason : 'Unknown',
    message: `The API server ended the watch: ${[code, message].filter(Boolean).join(' ')}`,
    retryAfter: typeof code === 'number' ? retryAfterOf({ code, status }) : undefined,
  })
}

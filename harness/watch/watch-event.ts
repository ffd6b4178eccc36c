import { field } from '../object.ts'
import type { ObservedObject } from '../history-entry.ts'

/** The watch cannot go on from where it is: what follows must be listed anew, and what was missed is a gap. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** One event of a watch. A bookmark carries nothing but a resourceVersion. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'
  readonly object: ObservedObject
}

/** Reads one line of a watch. Throws `Gone` for an error event and for a line that is no event. */
export function parseEvent(line: string): WatchEvent {
  const event = json(line)
  const type = field(event, 'type')
  const object = field(event, 'object')
  if (type === 'ERROR')
    throw new Gone(`The API server ended the watch: ${[field(object, 'code'), field(object, 'message')].filter(Boolean).join(' ')}`)
  const needed = type === 'BOOKMARK' ? ['resourceVersion'] : ['name', 'uid', 'resourceVersion']
  const known = type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK'
  if (known && needed.every((name) => typeof field(object, 'metadata', name) === 'string'))
    return { type, object: object as ObservedObject }
  throw new Gone(`A line of the watch was no event: ${line.slice(0, 120)}`)
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

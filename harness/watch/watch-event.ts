import { z } from 'zod'
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

const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
    object: z.looseObject({ metadata: z.looseObject({ name: z.string(), uid: z.string(), resourceVersion: z.string() }) }),
  }),
  z.object({ type: z.literal('BOOKMARK'), object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) }) }),
  z.object({ type: z.literal('ERROR'), object: z.looseObject({ code: z.number().optional(), message: z.string().optional() }) }),
])

/** Reads one line of a watch. Throws `Gone` for an error event and for a line that is no event. */
export function parseEvent(line: string): WatchEvent {
  const event = eventSchema.safeParse(json(line)).data
  if (event === undefined) throw new Gone(`A line of the watch was no event: ${line.slice(0, 120)}`)
  if (event.type === 'ERROR')
    throw new Gone(`The API server ended the watch: ${event.object.code ?? ''} ${event.object.message ?? ''}`.trim())
  return event as WatchEvent
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

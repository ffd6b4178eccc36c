import type { IncomingMessage, ServerResponse } from 'node:http'
import { lines } from '../engine/watch/lines.ts'
import { pause } from '../engine/pause.ts'
import type { WatchFate } from './decisions.ts'

/** A watch on its way through the proxy. */
export interface WatchStream {
  readonly from: IncomingMessage
  readonly to: ServerResponse
  readonly fate: WatchFate
  /** Seconds that the next event waits. */
  readonly delay: () => number
  /** Called with what was done to it, once it is done. */
  readonly did: (what: string) => void
}

const messages = {
  410: 'too old resource version',
  429: 'too many requests',
  500: 'internal error',
  504: 'Too large resource version',
} as const

/** What a client has of the next event when a connection breaks. */
const halfALine = '{"type":"MODIFIED","object":{"metadata":'

/** Passes the events of a watch on as its fate wants it. Resolves when nothing will be passed on any more. */
export async function passOn({ from, to, fate, delay, did }: WatchStream): Promise<void> {
  const over = new AbortController()
  to.on('close', () => over.abort())
  const end = 'after' in fate ? AbortSignal.timeout(Math.ceil(fate.after * 1000)) : new AbortController().signal
  const stop = AbortSignal.any([over.signal, end])
  stop.addEventListener('abort', () => from.destroy())
  let passed = 0
  let last = Promise.resolve()
  let due = 0
  try {
    for await (const line of lines(from)) {
      const bytes = Buffer.from(`${line}\n`)
      if (fate.kind === 'delayed') {
        due = Math.max(due, performance.now() + delay() * 1000)
        const at = due
        last = last.then(async () => {
          await pause(Math.max(0, at - performance.now()) / 1000, over.signal)
          to.write(bytes)
        })
      } else {
        to.write(bytes)
      }
      passed += 1
    }
  } catch {
    // The API server, its client or the fate of this watch has ended the stream.
  }
  await last
  if (over.signal.aborted) return
  if (!end.aborted) {
    to.end()
    return
  }
  did(`${fate.kind} after ${passed} events`)
  if (fate.kind === 'cut') to.write(halfALine, () => to.destroy())
  if (fate.kind === 'error') to.end(errorEvent(fate.code))
}

function errorEvent(code: keyof typeof messages): string {
  const reason = { 410: 'Expired', 429: 'TooManyRequests', 500: 'InternalError', 504: 'Timeout' }[code]
  const object = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `${messages[code]} (by chaos)`,
    reason,
    code,
  }
  return `${JSON.stringify({ type: 'ERROR', object })}\n`
}

import type { IncomingMessage } from 'node:http'
import type { ObservedObject } from '../history-entry.ts'
import type { History } from '../history.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { keepDelivered, type Listed } from './delivered.ts'
import { lines } from './lines.ts'
import { pause } from './pause.ts'
import { Gone, parseEvent } from './watch-event.ts'

/** What a watch sees: objects of one kind at one path, narrowed by selectors and, where selectors cannot, by `concerns`. */
export interface WatchOptions {
  readonly api: KubernetesApi
  readonly history: History
  readonly kind: string
  readonly path: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Which objects are recorded. One that was recorded once is recorded to its end, whatever becomes of it. */
  readonly concerns?: (object: ObservedObject) => boolean
  /** Suffix of the namespace besides the guarantee's own that is watched. */
  readonly beside?: string | undefined
}

/** A running watch. Whatever it may have missed is in the history as a gap. */
export interface Watch extends AsyncDisposable {
  readonly kind: string
  /** Why the watch is down at this moment, or undefined while it is open. */
  down(): string | undefined
  /**
   * Resolves when the history holds what the API server has at this moment, and knows gone what it no longer has; what was not delivered within
   * `within` seconds, or could not be asked for, is recorded as a gap.
   */
  catchUp(within: number): Promise<void>
}

interface ObjectList {
  readonly metadata: { readonly resourceVersion: string }
  readonly items?: readonly ObservedObject[]
}

const longestPause = 2

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Lists, then watches from there: resolves once the watch is open, with the state before it as `EXISTING` observations. */
export async function openWatch({
  api,
  history,
  kind,
  path,
  labelSelector,
  fieldSelector,
  concerns = () => true,
  beside,
}: WatchOptions): Promise<Watch> {
  const stop = new AbortController()
  const { signal } = stop
  const delivered = keepDelivered()
  const selectors = { labelSelector, fieldSelector }
  let resourceVersion = ''
  let downBecause: string | undefined

  const isRecorded = (object: ObservedObject) => delivered.has(object.metadata.uid) || concerns(object)

  const list = async (given = signal): Promise<Listed> => {
    const { metadata, items = [] } = await api.send<ObjectList>({ path, query: selectors, signal: given })
    return { resourceVersion: metadata.resourceVersion, items: items.filter(isRecorded).map((item) => ({ ...item, kind })) }
  }

  const observe = (event: 'EXISTING' | 'ADDED' | 'MODIFIED' | 'DELETED', object: ObservedObject, asOf?: string) => {
    if (history.closed) return
    delivered.add(event, object, asOf)
    history.append({ type: 'observation', event, kind, object, ...(beside !== undefined && { beside }) })
  }

  const start = async () => {
    const listed = await list()
    const there = new Set(listed.items.map((item) => item.metadata.uid))
    for (const object of delivered.present()) if (!there.has(object.metadata.uid)) observe('DELETED', object, listed.resourceVersion)
    for (const item of listed.items) observe('EXISTING', item)
    resourceVersion = listed.resourceVersion
  }

  const gap = (reason: string) => {
    if (!history.closed && !signal.aborted) history.append({ type: 'gap', kind, reason })
  }

  const follow = async (stream: IncomingMessage) => {
    for await (const line of lines(stream)) {
      const { type, object } = parseEvent(line)
      resourceVersion = object.metadata.resourceVersion
      if (type !== 'BOOKMARK' && isRecorded(object)) observe(type, { ...object, kind })
    }
  }

  const open = async () => {
    const query = { ...selectors, watch: 'true', allowWatchBookmarks: 'true', resourceVersion }
    return api.open({ path, query, signal })
  }

  /** Opens the watch again where it ended, or lists anew where the API server no longer knows that point. */
  const reopen = async (): Promise<IncomingMessage> => {
    try {
      return await open()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 410)) throw error
      return restart(`resourceVersion ${resourceVersion} is gone: ${error.message}`)
    }
  }

  const restart = async (reason: string): Promise<IncomingMessage> => {
    gap(reason)
    await start()
    return open()
  }

  const run = async (first: IncomingMessage) => {
    let stream: IncomingMessage | undefined = first
    let mustRestart: string | undefined
    let wait = 0
    while (!signal.aborted) {
      try {
        stream ??= await (mustRestart === undefined ? reopen() : restart(mustRestart))
        mustRestart = undefined
        downBecause = undefined
        wait = 0
        await follow(stream)
      } catch (error) {
        stream?.destroy()
        if (error instanceof Gone) mustRestart = error.message
        else if (stream === undefined) downBecause = told(error)
      }
      if (stream === undefined) {
        wait = Math.min(longestPause, Math.max(0.1, wait * 2))
        await pause(wait, signal)
      }
      stream = undefined
    }
  }

  await start()
  const running = run(await open())

  return {
    kind,
    down: () => downBecause,
    async catchUp(within) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(within * 1000)])
      try {
        const listed = await list(limit)
        await until(() => delivered.missing(listed) === undefined, { history, signal: limit })
        const late = delivered.missing(listed)
        if (late !== undefined) gap(`The watch did not deliver ${late} within ${within} s.`)
      } catch (error) {
        gap(`The state could not be compared with the API server: ${told(error)}`)
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

/** Resolves when something holds, looked at again after each entry of a history, or when the signal is aborted. Rejects when looking throws. */
async function until(
  holds: () => boolean,
  { history, signal }: { readonly history: History; readonly signal: AbortSignal },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void) => {
      leave()
      signal.removeEventListener('abort', look)
      settle()
    }
    const look = () => {
      try {
        if (signal.aborted || holds()) end(resolve)
      } catch (error) {
        end(() => reject(error))
      }
    }
    const leave = history.subscribe(look)
    signal.addEventListener('abort', look)
    look()
  })
}

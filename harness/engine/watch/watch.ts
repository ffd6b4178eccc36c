import type { IncomingMessage } from 'node:http'
import type { ObservedObject } from '../history/history-entry.ts'
import type { NewEntry } from '../history/history.ts'
import type { Watch } from '../history/watch-list.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { keepDelivered, type Listed } from './delivered.ts'
import { lines } from './lines.ts'
import { pause } from '../pause.ts'
import { until } from './until.ts'
import { Gone, parseEvent, type WatchEvent } from './watch-event.ts'

/** What a watch writes to. */
export interface Recorder {
  readonly closed: boolean
  append(entry: NewEntry): unknown
}

/** What a watch sees: objects of one kind at one path, narrowed by selectors and, where selectors cannot, by `matches`. */
export interface WatchOptions {
  readonly api: KubernetesApi
  readonly history: Recorder
  readonly kind: string
  readonly path: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Which objects are recorded. One that was recorded once is recorded to its end, whatever becomes of it. */
  readonly matches?: (object: ObservedObject) => boolean
  /** Aborted when the caller gives up before the watch is open. Once it is, disposing of it is what ends it. */
  readonly signal?: AbortSignal
  /** Seconds without a byte after which the connection is taken for dead. */
  readonly silence?: number
  /** Seconds for which it may be closed or behind before that is noted. */
  readonly away?: number
  /** Suffix of the additional namespace that is watched; absent for the guarantee's own. */
  readonly namespaceSuffix?: string | undefined
  /** Who the watch says it is; Holdfast when absent. */
  readonly userAgent?: string
}

interface ObjectList {
  readonly metadata: { readonly resourceVersion: string }
  readonly items?: readonly ObservedObject[]
}

/** Seconds between two attempts to open a watch: the second ones hold after attempts in a row that brought nothing. */
const pauses = { shortest: 0.1, longest: 2 } as const

/**
 * API servers send a bookmark about every minute, so a connection that brings no byte for this long, in seconds, is dead, whatever it looks
 * like.
 */
const longestSilence = 90

/** Seconds for which a watch may be closed or behind before that is noted: what it brings afterwards is late. */
const longestAway = 2

/** Seconds for which the opening of a watch is tried again. */
const openingLimit = 30

/** A connection that has brought nothing for too long. */
class Silent extends Error {
  override readonly name = 'Silent'
}

/** Lists, then watches from there: resolves once the watch is open, with the state before it as `EXISTING` observations. */
export async function openWatch({
  api,
  history,
  kind,
  path,
  labelSelector,
  fieldSelector,
  matches = () => true,
  signal: given,
  silence = longestSilence,
  away = longestAway,
  namespaceSuffix,
  userAgent,
}: WatchOptions): Promise<Watch> {
  const stop = new AbortController()
  const { signal } = stop
  const delivered = keepDelivered()
  const progress = new EventTarget()
  const selectors = { labelSelector, fieldSelector }
  let resourceVersion = ''
  let mustList = true
  let received = 0
  let stream: IncomingMessage | undefined
  let downBecause: string | undefined

  const isRecorded = (object: ObservedObject) => delivered.has(object.metadata.uid) || matches(object)

  const list = async (within = signal): Promise<Listed> => {
    const { metadata, items = [] } = await api.send<ObjectList>({ path, query: selectors, signal: within })
    return { resourceVersion: metadata.resourceVersion, items: items.filter(isRecorded).map((item) => ({ ...item, kind })) }
  }

  const observe = (event: 'EXISTING' | 'ADDED' | 'MODIFIED' | 'DELETED', object: ObservedObject, asOf?: string) => {
    if (history.closed) return
    delivered.add(event, object, asOf)
    history.append({ type: 'observation', event, kind, object, ...(namespaceSuffix !== undefined && { namespaceSuffix }) })
    progress.dispatchEvent(new Event('progress'))
  }

  const record = ({ type, object }: WatchEvent) => {
    resourceVersion = object.metadata.resourceVersion
    if (type !== 'BOOKMARK' && isRecorded(object)) observe(type, { ...object, kind })
  }

  const noteGap = (reason: string) => {
    if (!history.closed && !signal.aborted) history.append({ type: 'gap', reason, kind })
  }

  const noteLateness = (lateBy: number, why: string) => {
    if (!history.closed && !signal.aborted) history.append({ type: 'mark', name: `Watch of ${path}: ${why}`, lateWatchOf: kind, lateBy })
  }

  /** Opens the watch where it ended. Where that is not known, at the beginning and after a gap, it lists and goes on from there. */
  const open = async (): Promise<IncomingMessage> => {
    const listed = mustList ? await list() : undefined
    const query = { ...selectors, watch: 'true', allowWatchBookmarks: 'true', resourceVersion: listed?.resourceVersion ?? resourceVersion }
    const opened = await api.open({ path, query, signal, userAgent })
    opened.setTimeout(silence * 1000, () => opened.destroy(new Silent(`no data for ${silence} s, reopened.`)))
    if (listed !== undefined) begin(listed)
    return opened
  }

  const begin = (listed: Listed) => {
    const there = new Set(listed.items.map((item) => item.metadata.uid))
    for (const object of delivered.present()) if (!there.has(object.metadata.uid)) observe('DELETED', object, listed.resourceVersion)
    for (const item of listed.items) observe('EXISTING', item)
    resourceVersion = listed.resourceVersion
    mustList = false
  }

  /**
   * Opens the watch for the first time: what passes is waited out for a while, the state is listed anew each time, so that nothing is
   * missed.
   */
  const openFirst = async (): Promise<IncomingMessage> => {
    const limit = AbortSignal.timeout(openingLimit * 1000)
    for (let wait: number = pauses.shortest; ; wait = longer(wait)) {
      try {
        return await open()
      } catch (error) {
        if (limit.aborted || signal.aborted || !isPassing(error)) throw error
        await pause(wait, signal)
      }
    }
  }

  /** Reads what the stream brings, and opens the watch again and again where it ended. */
  const run = async () => {
    let wait: number = pauses.shortest
    let endedAt = performance.now()
    while (!signal.aborted) {
      let brought = false
      let askedToWait = 0
      try {
        if (stream === undefined) {
          stream = await open()
          const closedFor = (performance.now() - endedAt) / 1000
          if (closedFor > away) noteLateness(closedFor, `closed for ${closedFor.toFixed(1)} s, reopened.`)
        }
        downBecause = undefined
        progress.dispatchEvent(new Event('progress'))
        for await (const line of lines(stream)) {
          record(parseEvent(line))
          received += 1
          brought = true
        }
      } catch (error) {
        if (error instanceof Silent) noteLateness(silence, error.message)
        if (error instanceof ApiError) askedToWait = error.retryAfter ?? 0
        if (isGone(error)) {
          const where = stream === undefined ? `resourceVersion ${resourceVersion} is gone: ` : ''
          noteGap(`${where}${textOf(error)}`)
          mustList = true
        }
        if (stream === undefined || mustList) downBecause = textOf(error)
      }
      if (stream !== undefined) endedAt = performance.now()
      stream?.destroy()
      stream = undefined
      wait = brought ? pauses.shortest : longer(wait)
      await pause(Math.max(wait, askedToWait), signal)
    }
  }

  const giveUp = () => stop.abort(given?.reason)
  given?.addEventListener('abort', giveUp)
  if (given?.aborted === true) giveUp()
  try {
    stream = await openFirst()
  } finally {
    given?.removeEventListener('abort', giveUp)
  }
  const running = run()

  return {
    kind,
    down: () => downBecause,
    async catchUp(within) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(within * 1000))])
      const soon = AbortSignal.any([limit, AbortSignal.timeout(Math.ceil(within * 500))])
      try {
        const before = received
        const listed = await list(limit)
        const listedAt = performance.now()
        const isCaughtUp = () => stream !== undefined && delivered.missing(listed) === undefined
        await until(isCaughtUp, { progress, signal: soon })
        // A connection that brings nothing may have stalled: another one goes on from where this one is, so that nothing is lost by it.
        if (!isCaughtUp() && received === before) stream?.destroy()
        await until(isCaughtUp, { progress, signal: limit })
        const behind = (performance.now() - listedAt) / 1000
        const late = delivered.missing(listed)
        if (late !== undefined) noteGap(`The watch did not deliver ${late} within ${within} s.`)
        else if (stream === undefined) noteGap(`The watch was down for ${within} s: ${downBecause ?? 'it was being reopened'}`)
        else if (behind > away) noteLateness(behind, `what the API server had came at least ${behind.toFixed(1)} s later.`)
      } catch (error) {
        noteGap(`The state could not be compared with the API server: ${textOf(error)}`)
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function longer(wait: number): number {
  return Math.min(pauses.longest, wait * 2)
}

/** Whether another attempt may end differently. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 0 || error.code === 410 || error.code === 429 || error.code >= 500)
}

/** Whether a watch cannot go on from where it is. */
function isGone(error: unknown): boolean {
  return error instanceof Gone || (error instanceof ApiError && error.code === 410)
}

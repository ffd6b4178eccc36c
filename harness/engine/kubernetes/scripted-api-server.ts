import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { ObservedObject } from '../history/history-entry.ts'

/** What goes wrong with some requests: an answer with that code, no answer at all, or no answer although the request was executed. */
export interface Failure {
  readonly method: string
  readonly path: RegExp
  readonly answer: number | 'hangs' | 'drops' | 'executes-and-drops'
  /** How many requests fail; all when absent. */
  readonly times?: number
}

/**
 * A real HTTP server that keeps objects as an API server does, for tests: lists, watches, creation, change, deletion, and failures on
 * demand.
 */
export interface ScriptedApiServer extends AsyncDisposable {
  readonly url: URL
  /** Each request as `METHOD path`, without its query. */
  readonly requests: readonly string[]
  /** Paths of all objects there are. */
  readonly paths: () => readonly string[]
  readonly put: (
    path: string,
    object: { readonly metadata: Partial<ObservedObject['metadata']>; readonly [field: string]: unknown },
  ) => void
  readonly remove: (path: string) => void
  readonly fail: (failure: Failure) => void
  /**
   * Resolves once so many such requests, as `METHOD path` or `WATCH path`, have arrived from now on, and whoever sent the last one has what
   * was answered at once.
   */
  readonly asked: (request: RegExp, times?: number) => Promise<void>
  /** Calls back after a request was executed, as a controller would. */
  readonly on: (method: string, path: RegExp, controller: (path: string) => void) => void
}

interface Watcher {
  readonly collection: string
  readonly name: string | undefined
  readonly response: ServerResponse
}

const namespaces = '/api/v1/namespaces'

/** Starts a server without objects. */
export async function startScriptedApiServer(): Promise<ScriptedApiServer> {
  const objects = new Map<string, ObservedObject>()
  const watchers = new Set<Watcher>()
  const requests: string[] = []
  const failures: { failure: Failure; left: number }[] = []
  const awaited = new Set<{ readonly request: RegExp; readonly arrived: () => unknown }>()
  const callbacks: { readonly method: string; readonly path: RegExp; readonly controller: (path: string) => void }[] = []
  let version = 100

  const collectionOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
  const send = (type: string, path: string, object: ObservedObject) => {
    for (const { collection, name, response } of watchers)
      if (collection === collectionOf(path) && (name === undefined || name === object.metadata.name))
        response.write(`${JSON.stringify({ type, object })}\n`)
  }
  const put: ScriptedApiServer['put'] = (path, object) => {
    version += 1
    const known = objects.get(path)
    const name = path.slice(path.lastIndexOf('/') + 1)
    const metadata = { name, uid: known?.metadata.uid ?? `uid-${version}`, ...object.metadata, resourceVersion: String(version) }
    const stored = { ...object, metadata } as ObservedObject
    objects.set(path, stored)
    send(known === undefined ? 'ADDED' : 'MODIFIED', path, stored)
    if (collectionOf(path) === namespaces && known === undefined) put(`${path}/serviceaccounts/default`, { metadata: {} })
  }
  const remove = (path: string) => {
    for (const [below, object] of objects) {
      if (below !== path && !below.startsWith(`${path}/`)) continue
      version += 1
      objects.delete(below)
      send('DELETED', below, { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } })
    }
  }
  const execute = (method: string, path: string, body: unknown): unknown => {
    const name = String((body as { metadata?: { name?: string } } | undefined)?.metadata?.name)
    if (method === 'POST') put(`${path}/${name}`, body as ObservedObject)
    if (method === 'PATCH') put(path, merged(objects.get(path), body) as ObservedObject)
    if (method === 'DELETE') remove(path)
    for (const callback of callbacks) if (callback.method === method && callback.path.test(path)) callback.controller(path)
    return objects.get(method === 'POST' ? `${path}/${name}` : path) ?? { kind: 'Status' }
  }
  const list = (collection: string, name: string | undefined) => ({
    metadata: { resourceVersion: String(version) },
    items: [...objects]
      .filter(([path, { metadata }]) => collectionOf(path) === collection && (name ?? metadata.name) === metadata.name)
      .map(([, object]) => object),
  })

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams } = new URL(incoming.url ?? '', 'http://localhost')
    const { method = 'GET' } = incoming
    requests.push(`${method} ${path}`)
    const request = `${searchParams.has('watch') ? 'WATCH' : method} ${path}`
    for (const one of awaited) if (one.request.test(request)) one.arrived()
    const body = method === 'GET' ? undefined : await json(incoming).catch(() => undefined)
    const failing = failures.find(({ failure, left }) => left > 0 && failure.method === method && failure.path.test(path))
    if (failing !== undefined) {
      failing.left -= 1
      const { answer: how } = failing.failure
      if (how === 'executes-and-drops') execute(method, path, body)
      if (typeof how === 'number') end(response, { kind: 'Status', reason: 'Scripted', message: `scripted ${how}` }, how)
      else if (how !== 'hangs') response.destroy()
      return
    }
    const name = /metadata\.name=(.*)/.exec(searchParams.get('fieldSelector') ?? '')?.[1]
    if (searchParams.has('watch')) {
      const watcher = { collection: path, name, response }
      watchers.add(watcher)
      response.on('close', () => watchers.delete(watcher))
      response.flushHeaders()
    } else if (path.endsWith('/log')) response.end(`log of ${incoming.url}\n`)
    else if (searchParams.has('dryRun')) end(response, body)
    else if (method !== 'GET') end(response, execute(method, path, body))
    else if (objects.has(path)) end(response, objects.get(path))
    else if (/\/[a-z]+s(es)?$/.test(path)) end(response, list(path, name))
    else end(response, { kind: 'Status', reason: 'NotFound', message: `${path} not found` }, 404)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests,
    paths: () => [...objects.keys()],
    put,
    remove,
    fail: (failure) => void failures.push({ failure, left: failure.times ?? Infinity }),
    async asked(request, times = 1) {
      const { promise, resolve } = Promise.withResolvers<void>()
      let left = times
      const one = { request, arrived: () => (left -= 1) === 0 && resolve() }
      awaited.add(one)
      await promise
      awaited.delete(one)
      // Both sides run in this process: in these turns what was sent is received, however late they come.
      for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate)
    },
    on: (method, path, controller) => void callbacks.push({ method, path, controller }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function end(response: ServerResponse, value: unknown, code = 200): void {
  response.statusCode = code
  response.end(JSON.stringify(value))
}

/** JSON merge patch. */
function merged(target: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change
  const result: Record<string, unknown> = { ...(target as Record<string, unknown> | undefined) }
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}

import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
  type RequestOptions,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { joinUpgrade } from '../engine/kubernetes/join-upgrade.ts'
import type { Decisions, RequestFate, WatchFate } from './decisions.ts'
import { passOn } from './watch-stream.ts'

/** The API server behind a proxy. */
export interface Upstream {
  readonly server: URL
  /** TLS, agent and headers of the proxy's own requests, with credentials that are valid now. */
  options(): Promise<RequestOptions>
}

/** One thing that the proxy did, as `chaos.jsonl` holds it. */
export interface ChaosEntry {
  readonly at: string
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly fate: WatchFate
  /** What was done, where that is not done at once. */
  readonly did?: string
}

/** A running proxy. */
export interface ChaosProxy extends AsyncDisposable {
  /** Speaks HTTP on the loopback interface. */
  readonly port: number
}

/**
 * Starts a proxy that treats the requests of suites as slow, busy and broken API servers and networks do. It takes requests that bear the
 * token, and sends them with credentials of its own. Commands in containers pass as they are.
 */
export async function startChaosProxy(options: {
  readonly upstream: Upstream
  readonly decisions: Decisions
  readonly token: string
  readonly log: (entry: ChaosEntry) => void
}): Promise<ChaosProxy> {
  const { upstream, decisions, token, log } = options

  const forward = async (incoming: IncomingMessage) => {
    const { headers = {}, ...rest } = await upstream.options()
    const { host: _host, authorization: _authorization, ...received } = incoming.headers
    const url = new URL(`${upstream.server.pathname.replace(/\/$/, '')}${incoming.url ?? '/'}`, upstream.server)
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest
    return request(url, { ...rest, method: incoming.method, headers: { ...received, ...(headers as OutgoingHttpHeaders) } })
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url: path = '/' } = incoming
    if (incoming.headers.authorization !== `Bearer ${token}`) return answer(outgoing, 401, { reason: 'Unauthorized', message: 'Bad token' })
    const isWatch = method === 'GET' && ['true', '1'].includes(new URL(path, upstream.server).searchParams.get('watch') ?? '')
    const key = path.replace(/([?&])resourceVersion=[^&]*&?/u, '$1')
    const fate = isWatch ? decisions.watch(key) : decisions.request(method, key)
    const note = (did?: string) => log({ at: new Date().toISOString(), method, path, fate, ...(did !== undefined && { did }) })
    if (fate.kind !== 'passed') note()
    if (fate.kind === 'gone') return answer(outgoing, 410, { reason: 'Expired', message: 'too old resource version (by chaos)' })
    if (fate.kind === 'refused') return refuse(outgoing, fate)
    const request = await forward(incoming)
    outgoing.on('close', () => request.destroy())
    request.on('error', () => outgoing.destroy())
    request.on('response', (response) => {
      const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = response.headers
      outgoing.writeHead(response.statusCode ?? 502, headers)
      outgoing.flushHeaders()
      if (!isWatch || response.statusCode !== 200) return void response.on('error', () => outgoing.destroy()).pipe(outgoing)
      const delay = fate.kind === 'delayed' ? decisions.delays(key, fate.upTo) : () => 0
      void passOn({ from: response, to: outgoing, fate, delay, did: note }).catch(() => outgoing.destroy())
    })
    incoming.pipe(request)
  }

  const upgrade = async (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (incoming.headers.authorization !== `Bearer ${token}`) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    joinUpgrade(await forward(incoming), { socket, head })
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()))
  server.on('upgrade', (incoming, socket, head) => void upgrade(incoming, socket, head).catch(() => socket.destroy()))
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(outgoing: ServerResponse, code: number, status: { readonly reason: string; readonly message: string }): void {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...status, code }
  outgoing.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(outgoing: ServerResponse, { code, retryAfter }: RequestFate & { kind: 'refused' }): void {
  if (retryAfter !== undefined) outgoing.setHeader('retry-after', retryAfter)
  const reason = code === 429 ? 'TooManyRequests' : 'ServiceUnavailable'
  answer(outgoing, code, { reason, message: 'The server is busy (by chaos)' })
}

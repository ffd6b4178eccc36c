import { randomBytes } from 'node:crypto'
import { type ClientRequest, createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { KubernetesApi } from './api.ts'
import { agentOf, type Connection } from './connection.ts'
import { joinUpgrade } from './join-upgrade.ts'

/** One request that was sent on. */
export interface ForwardedRequest {
  readonly method: string
  /** Path and query, as the API server gets them. */
  readonly path: string
  /** HTTP status code of the answer; 0 when none came. */
  readonly code: number
  /** What a DELETE asks for, such as a grace period. */
  readonly options?: unknown
}

/** A way to an API server for a program of this machine, with the credentials of the run. */
export interface LocalProxy extends AsyncDisposable {
  /** Speaks HTTP on the loopback interface. Who does not know the path gets nothing. */
  readonly address: string
  /** What was sent on so far, in the order in which it was answered. */
  readonly forwarded: readonly ForwardedRequest[]
}

/** Starts a proxy to the API server. Its requests count as those of the suites, and end with it, or with the signal. */
export async function openLocalProxy(options: { readonly api: KubernetesApi; readonly signal: AbortSignal }): Promise<LocalProxy> {
  const { api } = options
  const over = new AbortController()
  const signal = AbortSignal.any([options.signal, over.signal])
  const secret = `/${randomBytes(24).toString('base64url')}`
  const forwarded: ForwardedRequest[] = []
  const streams = new Set<Duplex>()

  const send = async (
    incoming: IncomingMessage,
    { path, body }: { readonly path: string; readonly body: Buffer },
  ): Promise<IncomingMessage> => {
    const ask = async (connection: Connection): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => begin(connection, { incoming, path, signal }).on('response', resolve).on('error', reject).end(body))
    const { connection } = api
    count(connection, { incoming, path, body })
    const response = await ask(connection)
    if (response.statusCode !== 401 || connection.renew === undefined) return response
    response.resume()
    return ask(await connection.renew())
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const path = pathOf(incoming, secret)
    if (path === undefined) return void outgoing.writeHead(404).end()
    const { method = 'GET' } = incoming
    const body = await buffer(incoming)
    const asked = { method, path, ...(method === 'DELETE' && body.length > 0 && { options: jsonIn(body) }) }
    try {
      const response = await send(incoming, { path, body })
      forwarded.push({ ...asked, code: response.statusCode ?? 0 })
      const { connection: _connection, 'transfer-encoding': _encoding, ...headers } = response.headers
      outgoing.writeHead(response.statusCode ?? 502, headers)
      outgoing.flushHeaders()
      outgoing.on('close', () => response.destroy())
      response.on('error', () => outgoing.destroy()).pipe(outgoing)
    } catch {
      forwarded.push({ ...asked, code: 0 })
      outgoing.destroy()
    }
  }

  const upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    streams.add(socket.on('close', () => streams.delete(socket)))
    const path = pathOf(incoming, secret)
    if (path === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    const { connection } = api
    count(connection, { incoming, path })
    const answered = (code: number) => void forwarded.push({ method: incoming.method ?? 'GET', path, code })
    const request = begin(connection, { incoming, path, signal })
    request.on('upgrade', ({ statusCode = 0 }) => answered(statusCode))
    request.on('response', ({ statusCode = 0 }) => answered(statusCode))
    request.on('error', () => answered(0))
    joinUpgrade(request, { socket, head })
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing).catch(() => outgoing.destroy()))
  server.on('upgrade', upgrade)
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${secret}`,
    forwarded,
    async [Symbol.asyncDispose]() {
      over.abort()
      server.closeAllConnections()
      for (const stream of streams) stream.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Path and query behind the secret; undefined without it. */
function pathOf({ url = '/' }: IncomingMessage, secret: string): string | undefined {
  return url.startsWith(`${secret}/`) ? url.slice(secret.length) : undefined
}

function begin(
  connection: Connection,
  { incoming, path, signal }: { readonly incoming: IncomingMessage; readonly path: string; readonly signal: AbortSignal },
): ClientRequest {
  const { server, tls, headers } = connection
  const { host: _host, authorization: _authorization, 'transfer-encoding': _encoding, ...received } = incoming.headers
  const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}`, server)
  const options = { ...tls, agent: agentOf(connection), signal, method: incoming.method, headers: { ...received, ...headers } }
  return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
}

function count(
  { requests }: Connection,
  { incoming, path, body }: { readonly incoming: IncomingMessage; readonly path: string; readonly body?: Buffer },
): void {
  const { method = 'GET', headers } = incoming
  const as = headers['impersonate-user']
  const sent = { method, path, contentType: headers['content-type'], ...(body && { body: jsonIn(body) }) }
  requests?.add({ ...sent, ...(typeof as === 'string' && { as }) })
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

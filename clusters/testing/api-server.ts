import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stringify } from 'yaml'
import { temporaryPrefix } from '../../contract/owner.ts'

/** One request, as an answer needs it. */
export interface Asked {
  readonly method: string
  /** Path without its query. */
  readonly path: string
  readonly body: unknown
  /** The query; absent where an answer is tried without a server. */
  readonly query?: URLSearchParams
}

/** Status and body of an answer; `cut` stands for a connection that is reset, undefined for no answer ever. */
export type Answer = { readonly status?: number; readonly body: unknown } | 'cut' | undefined

/** A server that speaks HTTP as an API server does, with a kubeconfig that leads to it. */
export interface TestApiServer extends AsyncDisposable {
  readonly server: string
  readonly kubeconfig: string
  /** Method and path of all that was asked. */
  readonly asked: readonly string[]
}

/** What goes into the kubeconfig in addition to the address. */
export interface KubeconfigParts {
  readonly cluster?: object
  readonly user?: object
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** Starts a server that answers by `answer`. */
export async function startApiServer(answer: (asked: Asked) => Answer, parts: KubeconfigParts = {}): Promise<TestApiServer> {
  const asked: string[] = []
  const listener: RequestListener = (request, response) => void respond({ request, response, asked, answer })
  const started: Server = parts.tls === undefined ? createServer(listener) : createSecureServer(parts.tls, listener)
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo
  const server = `${parts.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  const directory = mkdtempSync(join(tmpdir(), temporaryPrefix('unit')))
  const kubeconfig = writeKubeconfig(directory, { server, ...parts })
  return {
    ...{ server, kubeconfig, asked },
    async [Symbol.asyncDispose]() {
      rmSync(directory, { recursive: true })
      started.closeAllConnections()
      await new Promise((resolve) => started.close(resolve))
    },
  }
}

/** Writes a kubeconfig with one context, `test`, into a directory. Returns its path. */
export function writeKubeconfig(
  directory: string,
  { server, cluster = {}, user = {} }: KubeconfigParts & { readonly server: string },
): string {
  const path = join(directory, 'kubeconfig')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    // The client speaks HTTP only where no certificate is to be verified.
    clusters: [
      { name: 'example', cluster: { server, ...(server.startsWith('http:') && { 'insecure-skip-tls-verify': true }), ...cluster } },
    ],
    users: [{ name: 'somebody', user }],
    contexts: [{ name: 'test', context: { cluster: 'example', user: 'somebody' } }],
    'current-context': 'test',
  }
  writeFileSync(path, stringify(config))
  return path
}

async function respond(exchange: {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly asked: string[]
  readonly answer: (asked: Asked) => Answer
}): Promise<void> {
  const { request, response, asked, answer } = exchange
  const { method = 'GET', url = '/' } = request
  const [path = url, search] = url.split('?')
  const sent = await text(request)
  asked.push(`${method} ${path}`)
  const given = answer({ method, path, body: sent === '' ? undefined : JSON.parse(sent), query: new URLSearchParams(search) })
  if (given === undefined) return
  if (given === 'cut') return void request.socket.resetAndDestroy()
  const json = typeof given.body !== 'string'
  response.writeHead(given.status ?? 200, { 'content-type': json ? 'application/json' : 'text/html' })
  response.end(json ? JSON.stringify(given.body) : given.body)
}

/** A `Status` object, with which an API server refuses. */
export function statusOf(code: number, message: string): Answer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code } }
}

/** API discovery document of a group. */
export function resourcesOf(groupVersion: string, kinds: Readonly<Record<string, string>>, namespaced: readonly string[] = []): Answer {
  const resources = Object.entries(kinds).map(([kind, name]) => ({ name, kind, namespaced: namespaced.includes(kind), verbs: [] }))
  return { body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources } }
}

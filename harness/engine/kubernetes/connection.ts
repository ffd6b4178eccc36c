import { Agent as HttpAgent, type AgentOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { inject } from 'vitest'
import type { Credentials } from './credentials.ts'
import { keyOf } from './key-of.ts'
import type { RequestCount } from './request-count.ts'

/** How to reach an API server: its address, the TLS it speaks, the proxy on the way and the headers each request carries. */
export interface Connection {
  readonly server: URL
  readonly tls: SecureContextOptions & { readonly servername?: string; readonly rejectUnauthorized?: boolean }
  readonly headers: Readonly<Record<string, string | string[]>>
  /** Address of an HTTP or SOCKS proxy. */
  readonly proxy?: string
  /** Resolves to a connection with credentials that are newer than these, where these can expire. */
  readonly renew?: () => Promise<Connection>
  /** Counts what is sent, and keeps the rights that it takes, where somebody wants to know. */
  readonly requests?: RequestCount
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Credentials that were read before the workers started, by `keyOf`. */
    credentials: Readonly<Record<string, Credentials>>
  }
}

/** The newest credentials that this thread knows. */
const newest = new Map<string, Promise<Credentials>>()

/**
 * How to reach the API server of a context of a kubeconfig, the current one when none is named. A worker is handed what was read before it
 * started: the Kubernetes client, which takes 85 MB in each thread, is loaded for further kubeconfigs and for credentials that have
 * expired.
 */
export async function readConnection(kubeconfig: string, context?: string): Promise<Connection> {
  const key = keyOf(kubeconfig, context)
  const read = async (): Promise<Credentials> => {
    const reading = import('./read-credentials.ts').then(async ({ readCredentials }) => readCredentials(kubeconfig, context))
    newest.set(key, reading)
    reading.catch(() => newest.delete(key))
    return reading
  }
  const connectionOf = (credentials: Credentials): Connection => ({
    ...decoded(credentials),
    ...(credentials.expires && {
      renew: async () => {
        const known = await newest.get(key)
        return connectionOf(known === undefined || known === credentials ? await read() : known)
      },
    }),
  })
  const known = newest.get(key) ?? handedOver(key)
  return connectionOf((await known) ?? (await read()))
}

/** What was read before the workers started. Outside of workers nothing is. */
function handedOver(key: string): Promise<Credentials> | undefined {
  if (process.env['VITEST_WORKER_ID'] === undefined) return undefined
  const credentials = inject('credentials')?.[key]
  if (credentials === undefined) return undefined
  const known = Promise.resolve(credentials)
  newest.set(key, known)
  return known
}

/** The same with certificates as the TLS of Node takes them. */
export function decoded({ server, tls, headers, proxy }: Credentials): Connection {
  const { ca, cert, key, pfx, ...rest } = tls
  const contents = Object.entries({ ca, cert, key, pfx }).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, Buffer.from(content, 'base64')] as const],
  )
  return { server: new URL(server), tls: { ...Object.fromEntries(contents), ...rest }, headers, ...(proxy !== undefined && { proxy }) }
}

/** Opens connections to the API server, by its proxy where it has one. */
export function agentOf({ server, tls, proxy }: Connection, options: AgentOptions = {}): HttpAgent {
  const secure = server.protocol === 'https:'
  const all = { ...tls, ...options }
  if (proxy === undefined) return secure ? new HttpsAgent(all) : new HttpAgent(options)
  if (proxy.startsWith('socks')) return new SocksProxyAgent(proxy, all)
  return secure ? new HttpsProxyAgent({ ...all, proxy }) : new HttpProxyAgent({ ...options, proxy })
}

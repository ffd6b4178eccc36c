import { readFileSync } from 'node:fs'
import { resolve, dirname } from 'node:path'
import type { SecureContextOptions } from 'node:tls'
import { parse } from 'yaml'
import { field } from '../object.ts'
import type { RequestCount } from './request-count.ts'

/** How to reach an API server: its address, the TLS it speaks and the headers each request carries. */
export interface Connection {
  readonly server: URL
  readonly tls: SecureContextOptions & { readonly servername?: string; readonly rejectUnauthorized?: boolean }
  readonly headers: Readonly<Record<string, string>>
  /** Counts what is sent, where somebody wants to know. */
  readonly requests?: RequestCount
}

type Section = Readonly<Record<string, unknown>>

/** The section of that name in one of the lists of a kubeconfig. */
function section(
  file: unknown,
  { list, item, name }: { readonly list: string; readonly item: string; readonly name: unknown },
): Section | undefined {
  const all = field(file, list)
  const found = field(
    (Array.isArray(all) ? all : []).find((candidate) => field(candidate, 'name') === name),
    item,
  )
  return typeof found === 'object' && found !== null ? (found as Section) : undefined
}

/**
 * Reads one context of a kubeconfig: certificates, tokens and basic authentication. Users of `exec` or `auth-provider` plug-ins are
 * handed to the Kubernetes client, which is loaded only then: it takes 88 MB in each worker.
 */
export async function readConnection(kubeconfig: string, context?: string): Promise<Connection> {
  const file: unknown = parse(readFileSync(kubeconfig, 'utf8'))
  const name = context ?? text(field(file, 'current-context'))
  const chosen = section(file, { list: 'contexts', item: 'context', name })
  const cluster = section(file, { list: 'clusters', item: 'cluster', name: chosen?.['cluster'] })
  const user = section(file, { list: 'users', item: 'user', name: chosen?.['user'] })
  const server = text(cluster?.['server'])
  if (cluster === undefined || user === undefined || server === undefined)
    throw new Error(`${kubeconfig} has no usable context ${name ?? '(none named)'}.`)
  if ('exec' in user || 'auth-provider' in user || 'proxy-url' in cluster) return readByClient(kubeconfig, name)

  /** What a section holds under `<key>-data`, or in the file that `<key>` names. */
  const content = (of: Section, key: string): Buffer | undefined => {
    const inline = text(of[`${key}-data`])
    if (inline !== undefined) return Buffer.from(inline, 'base64')
    const path = text(of[key])
    return path === undefined ? undefined : readFileSync(resolve(dirname(kubeconfig), path))
  }
  const ca = content(cluster, 'certificate-authority')
  const cert = content(user, 'client-certificate')
  const key = content(user, 'client-key')
  const tokenFile = text(user['tokenFile'])
  const token = tokenFile === undefined ? text(user['token']) : readFileSync(tokenFile, 'utf8').trim()
  const username = text(user['username'])
  const basic =
    username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${text(user['password']) ?? ''}`).toString('base64')}`
  const authorization = token === undefined ? basic : `Bearer ${token}`
  const servername = text(cluster['tls-server-name'])
  return {
    server: new URL(server),
    tls: {
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(servername !== undefined && { servername }),
      ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
    },
    headers: authorization === undefined ? {} : { authorization },
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

async function readByClient(kubeconfig: string, context: string | undefined): Promise<Connection> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  if (context !== undefined) config.setCurrentContext(context)
  const options: Parameters<typeof config.applyToHTTPSOptions>[0] = {}
  await config.applyToHTTPSOptions(options)
  const { ca, cert, key, rejectUnauthorized, headers } = options
  return {
    server: new URL(config.getCurrentCluster()?.server ?? ''),
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...(rejectUnauthorized === false && { rejectUnauthorized }) },
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
  }
}

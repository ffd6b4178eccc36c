import { readFileSync } from 'node:fs'
import { resolve, dirname } from 'node:path'
import type { SecureContextOptions } from 'node:tls'
import { parse } from 'yaml'
import { z } from 'zod'

/** How to reach an API server: its address, the TLS it speaks and the headers each request carries. */
export interface Connection {
  readonly server: URL
  readonly tls: SecureContextOptions & { readonly servername?: string; readonly rejectUnauthorized?: boolean }
  readonly headers: Readonly<Record<string, string>>
}

const text = z.string().optional()

const kubeconfigSchema = z.object({
  'current-context': text,
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({
        server: z.url(),
        'certificate-authority': text,
        'certificate-authority-data': text,
        'tls-server-name': text,
        'insecure-skip-tls-verify': z.boolean().optional(),
        'proxy-url': text,
      }),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      user: z.looseObject({
        'client-certificate': text,
        'client-certificate-data': text,
        'client-key': text,
        'client-key-data': text,
        token: text,
        tokenFile: text,
        username: text,
        password: text,
      }),
    }),
  ),
})

/**
 * Reads one context of a kubeconfig: certificates, tokens and basic authentication. Users of `exec` or `auth-provider` plug-ins are
 * handed to the Kubernetes client, which is loaded only then: it takes 88 MB in each worker.
 */
export async function readConnection(kubeconfig: string, context?: string): Promise<Connection> {
  const parsed = kubeconfigSchema.safeParse(parse(readFileSync(kubeconfig, 'utf8')))
  if (!parsed.success) throw new Error(`${kubeconfig} is not a kubeconfig: ${z.prettifyError(parsed.error)}`)
  const file = parsed.data
  const name = context ?? file['current-context']
  const chosen = file.contexts.find((candidate) => candidate.name === name)?.context
  const cluster = file.clusters.find((candidate) => candidate.name === chosen?.cluster)?.cluster
  const user = file.users.find((candidate) => candidate.name === chosen?.user)?.user
  if (cluster === undefined || user === undefined) throw new Error(`${kubeconfig} has no usable context ${name ?? '(none named)'}.`)
  if ('exec' in user || 'auth-provider' in user || cluster['proxy-url'] !== undefined) return readByClient(kubeconfig, name)

  const content = (inline: string | undefined, path: string | undefined): Buffer | undefined => {
    if (inline !== undefined) return Buffer.from(inline, 'base64')
    return path === undefined ? undefined : readFileSync(resolve(dirname(kubeconfig), path))
  }
  const ca = content(cluster['certificate-authority-data'], cluster['certificate-authority'])
  const cert = content(user['client-certificate-data'], user['client-certificate'])
  const key = content(user['client-key-data'], user['client-key'])
  const token = user.tokenFile === undefined ? user.token : readFileSync(user.tokenFile, 'utf8').trim()
  const basic = user.username === undefined ? undefined : Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')
  const authorization = token === undefined ? basic && `Basic ${basic}` : `Bearer ${token}`
  return {
    server: new URL(cluster.server),
    tls: {
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(cluster['tls-server-name'] !== undefined && { servername: cluster['tls-server-name'] }),
      ...(cluster['insecure-skip-tls-verify'] === true && { rejectUnauthorized: false }),
    },
    headers: authorization === undefined ? {} : { authorization },
  }
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

import { readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { dirname, resolve } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Credentials } from './credentials.ts'

/** What kubectl reads of a user and the client does not. */
const furtherOfUsers = z.object({
  users: z.array(
    z.object({
      name: z.string(),
      user: z
        .object({ tokenFile: z.string().optional(), 'as-groups': z.array(z.string()).optional(), 'as-uid': z.string().optional() })
        .nullish(),
    }),
  ),
})

/**
 * Reads one context of a kubeconfig, the current one when none is named, with the Kubernetes client, and runs the plug-in of its user.
 * Throws with one sentence when there is no such context, or its plug-in fails.
 */
export async function readCredentials(kubeconfig: string, context?: string): Promise<Credentials> {
  try {
    return await credentialsOf(kubeconfig, context)
  } catch (error) {
    throw new Error(`${kubeconfig} cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function credentialsOf(kubeconfig: string, context: string | undefined): Promise<Credentials> {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  // The client refuses HTTP to a cluster that does not do without TLS in so many words, kubectl does not.
  config.clusters = config.clusters.map((one) => (one.server.startsWith('http:') ? { ...one, skipTLSVerify: true } : one))
  if (context !== undefined) config.setCurrentContext(context)
  const [cluster, user] = [config.getCurrentCluster(), config.getCurrentUser()]
  if (cluster === null || user === null) throw new Error(`It has no usable context ${config.getCurrentContext() ?? '(none named)'}.`)

  const { users } = furtherOfUsers.parse(parse(readFileSync(kubeconfig, 'utf8')))
  const { tokenFile, 'as-groups': groups, 'as-uid': uid } = users.find(({ name }) => name === user.name)?.user ?? {}
  const token = tokenFile === undefined ? undefined : readFileSync(resolve(dirname(kubeconfig), tokenFile), 'utf8').trim()
  const options: RequestOptions = {}
  await config.applyToHTTPSOptions(options)
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized, headers = {}, auth } = options
  return {
    server: cluster.server,
    tls: {
      ...base64({ ca, cert, key, pfx }),
      ...(typeof passphrase === 'string' && { passphrase }),
      ...(typeof servername === 'string' && { servername }),
      ...(rejectUnauthorized === false && { rejectUnauthorized }),
    },
    headers: {
      ...(typeof auth === 'string' && { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(groups !== undefined && { 'impersonate-group': groups }),
      ...(uid !== undefined && { 'impersonate-uid': uid }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    },
    ...(isThere(cluster.proxyUrl) && { proxy: String(cluster.proxyUrl) }),
    expires: isThere(user.exec) || isThere(user.authProvider) || tokenFile !== undefined,
  }
}

function base64(contents: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const known = Object.entries(contents).filter(([, content]) => typeof content === 'string' || Buffer.isBuffer(content))
  return Object.fromEntries(known.map(([name, content]) => [name, Buffer.from(content as Buffer).toString('base64')]))
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

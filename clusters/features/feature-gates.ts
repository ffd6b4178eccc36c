import { get as getInsecure, type IncomingMessage } from 'node:http'
import { get, type RequestOptions } from 'node:https'
import type { ClusterApi } from '../api.ts'

const answersWithin = 10_000

/**
 * Feature gates of the API server, which the other components of its version share, as its metrics show them. Undefined where they are not
 * to be read: a right to them is not needed for anything else.
 */
export async function readFeatureGates({ config }: Pick<ClusterApi, 'config'>): Promise<Readonly<Record<string, boolean>> | undefined> {
  const options: RequestOptions = {}
  await config.applyToHTTPSOptions(options)
  const url = new URL(`${config.getCurrentCluster()?.server.replace(/\/$/, '') ?? ''}/metrics`)
  const text = await new Promise<string | undefined>((resolve) => {
    const none = (): void => resolve(undefined)
    const answered = (response: IncomingMessage): void => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('error', none)
      response.on('end', () => resolve(response.statusCode === 200 ? body : undefined))
    }
    const request = (url.protocol === 'https:' ? get : getInsecure)(url, { ...options, timeout: answersWithin }, answered)
    request.on('error', none)
    request.on('timeout', () => request.destroy())
  })
  const gates = text === undefined ? {} : gatesIn(text)
  return Object.keys(gates).length === 0 ? undefined : gates
}

/** Feature gates in the text of an API server's metrics. */
export function gatesIn(metrics: string): Readonly<Record<string, boolean>> {
  const lines = metrics.matchAll(/^kubernetes_feature_enabled\{[^}]*\bname="(\w+)"[^}]*\} ([01])$/gm)
  return Object.fromEntries([...lines].map(([, name = '', value]) => [name, value === '1'] as const).toSorted(byName))
}

function byName([one]: readonly [string, boolean], [other]: readonly [string, boolean]): number {
  return one < other ? -1 : 1
}

import type { IncomingMessage } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { json, text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { type Kind, kindsIn, pathOf } from './kinds.ts'

/** An object, as far as it is looked at here. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> }
}

/** Metadata of an object that is there. */
export interface Metadata {
  readonly uid?: string
  readonly name: string
  readonly namespace?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** The API of the foreign cluster in the hands of its administrator. */
export interface AdminApi {
  /** Sends a request. Resolves to the body of the answer; an answer of 400 or more throws what the API server said. */
  send(method: string, path: string, body?: { readonly type: string; readonly content: unknown }): Promise<unknown>
  /** The metadata of all objects below a path. */
  list(path: string): Promise<readonly Metadata[]>
  /** All kinds that the API server serves, each in one version. */
  kinds(): Promise<readonly Kind[]>
  /** Creates or changes an object by server-side apply; into another namespace than it says where one is named. */
  apply(manifest: Manifest, namespace?: string): Promise<unknown>
  /** Deletes an object and resolves once it is gone; one that does not exist is fine. */
  remove(manifest: Manifest): Promise<void>
  /** The answer to a request that goes on, such as a watch, until the signal is aborted. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>
}

const metadataAlone = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'
const discovery = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

/** Opens the API that a kubeconfig describes. */
export function adminApi(kubeconfig: string): AdminApi {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  const { server } = config.getCurrentCluster() ?? {}
  if (server === undefined) throw new Error(`${kubeconfig} has no current cluster.`)
  const answer = async (path: string, options: RequestOptions, content?: unknown): Promise<IncomingMessage> => {
    await config.applyToHTTPSOptions(options)
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const sent = request(new URL(path, server), options, resolve)
    sent.on('error', reject)
    sent.end(content === undefined ? undefined : JSON.stringify(content))
    return promise
  }
  const get = async (
    method: string,
    path: string,
    options: { readonly headers: RequestOptions['headers']; readonly content?: unknown },
  ) => {
    const response = await answer(path, { method, headers: options.headers }, options.content)
    const { statusCode = 0 } = response
    if (statusCode < 400) return json(response)
    throw new ApiRefusal(statusCode, `${method} ${path} was answered with ${statusCode}: ${await text(response)}`)
  }
  let known: Promise<readonly Kind[]> | undefined
  const kinds = async () => {
    const all = await Promise.all(['/api', '/apis'].map(async (path) => get('GET', path, { headers: { accept: discovery } })))
    return all.flatMap(kindsIn)
  }
  const kindOf = async ({ apiVersion, kind }: Manifest): Promise<Kind> => {
    const find = (all: readonly Kind[]) => all.find((one) => one.kind === kind && one.apiVersion === apiVersion)
    const found = find(await (known ??= kinds()))
    if (found === undefined) throw new Error(`The cluster does not serve ${kind} of ${apiVersion}.`)
    return found
  }
  const send: AdminApi['send'] = async (method, path, body) =>
    get(method, path, {
      headers: { accept: 'application/json', ...(body && { 'content-type': body.type }) },
      ...(body && { content: body.content }),
    })
  return {
    send,
    async list(path) {
      const { items } = (await get('GET', path, { headers: { accept: metadataAlone } })) as {
        items: readonly { metadata: Metadata }[] | null
      }
      return (items ?? []).map(({ metadata }) => metadata)
    },
    kinds,
    async apply(manifest, namespace = manifest.metadata.namespace) {
      const path = pathOf(await kindOf(manifest), { ...manifest.metadata, namespace })
      const content = { ...manifest, metadata: { ...manifest.metadata, namespace } }
      return send('PATCH', `${path}?fieldManager=abroad&force=true`, { type: 'application/apply-patch+yaml', content })
    },
    async remove(manifest) {
      const path = pathOf(await kindOf(manifest), manifest.metadata)
      for (let method = 'DELETE'; ; method = 'GET') {
        try {
          await send(method, path)
          await pause(300)
        } catch (error) {
          if (error instanceof ApiRefusal && error.code === 404) return
          throw error
        }
      }
    },
    async stream(path, signal) {
      return answer(path, { method: 'GET', headers: { accept: 'application/json' }, signal })
    },
  }
}

/** The API server answered with an error. */
export class ApiRefusal extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

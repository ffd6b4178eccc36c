import { createInterface } from 'node:readline'
import { type AdminApi, ApiRefusal, type Manifest } from './api.ts'

/** Prefix of the names of namespaces that Holdfast makes. */
export const ownPrefix = 'hf-'

interface NamespaceEvent {
  readonly type: string
  readonly object: { readonly metadata?: { readonly name?: string } }
}

/** Does what the controllers of many clusters do: puts objects into each new namespace of Holdfast, until it is disposed of. */
export async function templateController(api: AdminApi, objects: readonly Manifest[]): Promise<AsyncDisposable> {
  const stop = new AbortController()
  const response = await api.stream('/api/v1/namespaces?watch=1&timeoutSeconds=3600', stop.signal)
  const work = (async () => {
    for await (const line of createInterface({ input: response })) {
      const { type, object } = JSON.parse(line) as NamespaceEvent
      const name = object.metadata?.name
      if (type !== 'ADDED' || name === undefined || !name.startsWith(ownPrefix)) continue
      for (const each of objects) await api.apply(each, name).catch(unlessGone)
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await work
    },
  }
}

/** A namespace that is deleted takes no more objects. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiRefusal) || (error.code !== 404 && error.code !== 403)) throw error
}

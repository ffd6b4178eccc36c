import { ApiException, HttpMethod, type KubeConfig, KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node'
import { usualNamespace } from './workloads.ts'
import type { Manifest } from './manifest.ts'

/** Name under which Holdfast owns fields of the objects that it applies for a user. */
const fieldManager = 'holdfast-install'

/** Applies objects word for word. */
export interface WrittenObjects {
  /** Whether the API server serves a kind. */
  serves(apiVersion: string, kind: string): Promise<boolean>
  /** Creates or updates an object by server-side apply. A field that the API server does not know is refused by it. */
  apply(manifest: Manifest): Promise<void>
}

/**
 * The client sends of a kind that it knows only fields that it knows, and under its own names for some: the `from` of a NetworkPolicy and
 * every field of a newer Kubernetes would be lost without a word.
 */
class WrittenObjectsApi extends KubernetesObjectApi implements WrittenObjects {
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    try {
      return (await this.resource(apiVersion, kind)) !== undefined
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return false
      throw error
    }
  }

  async apply(manifest: Manifest): Promise<void> {
    const request = this.configuration.baseServer.makeRequestContext(await this.pathOf(manifest), HttpMethod.PATCH)
    request.setHeaderParam('Accept', 'application/json')
    request.setHeaderParam('Content-Type', PatchStrategy.ServerSideApply)
    const flags = { fieldManager, force: 'true', fieldValidation: 'Strict' }
    for (const [name, value] of Object.entries(flags)) request.setQueryParam(name, value)
    request.setBody(JSON.stringify(manifest))
    await this.requestPromise(request, 'KubernetesObject')
  }

  private async pathOf({ apiVersion = '', kind = '', metadata }: Manifest): Promise<string> {
    const resource = await this.resource(apiVersion, kind)
    if (resource === undefined) throw new Error(`the API server does not serve ${kind} of ${apiVersion}`)
    const where = resource.namespaced ? ['namespaces', metadata?.namespace ?? usualNamespace] : []
    const parts = [...where, resource.name, metadata?.name ?? ''].map(encodeURIComponent)
    return `${this.apiVersionPath(apiVersion)}/${parts.join('/')}`
  }
}

/** Opens the API server of a kubeconfig for objects that are applied word for word. */
export function writtenObjects(config: KubeConfig): WrittenObjects {
  return config.makeApiClient(WrittenObjectsApi)
}

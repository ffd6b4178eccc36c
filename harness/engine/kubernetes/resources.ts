/** Where the objects of one kind live in the API. */
export interface ApiResource {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[]
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

/** Path of a collection, or of one object when `name` is given. */
export function resourcePath(
  { apiVersion, plural, namespaced }: Omit<ApiResource, 'kind'>,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name?: string },
): string {
  const scope = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
  return `${groupPath(apiVersion)}${scope}/${plural}${name === undefined ? '' : `/${name}`}`
}

/** Finds kinds by the API server's own discovery; each group version is asked for once. */
export function discover(get: (path: string) => Promise<ResourceList>): (apiVersion: string, kind: string) => Promise<ApiResource> {
  const lists = new Map<string, Promise<ResourceList>>()
  return async (apiVersion, kind) => {
    const asked = lists.get(apiVersion) ?? get(groupPath(apiVersion))
    lists.set(apiVersion, asked)
    const { resources } = await asked
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'))
    if (found === undefined) throw new Error(`The API server has no kind ${kind} in ${apiVersion}.`)
    return { apiVersion, kind, plural: found.name, namespaced: found.namespaced }
  }
}

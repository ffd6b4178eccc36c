/** A kind of object that an API server serves. */
export interface Kind {
  readonly apiVersion: string
  readonly kind: string
  /** Its name in paths, such as `pods`. */
  readonly resource: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
}

/** What aggregated discovery says of the groups of an API server, see https://kubernetes.io/docs/concepts/overview/kubernetes-api/ */
interface GroupDiscoveryList {
  readonly items: readonly {
    readonly metadata: { readonly name?: string }
    readonly versions: readonly {
      readonly version: string
      readonly resources?: readonly {
        readonly resource: string
        readonly responseKind?: { readonly kind: string }
        readonly scope: string
        readonly verbs: readonly string[]
      }[]
    }[]
  }[]
}

/** The kinds that a discovery document names, each in the version that its group prefers of those that have it. */
export function kindsIn(document: unknown): readonly Kind[] {
  const { items } = document as GroupDiscoveryList
  return items.flatMap(({ metadata: { name: group = '' }, versions }) => {
    const found = new Map<string, Kind>()
    for (const { version, resources = [] } of versions) {
      for (const { resource, responseKind, scope, verbs } of resources) {
        const apiVersion = group === '' ? version : `${group}/${version}`
        const kind = responseKind?.kind ?? ''
        if (!found.has(resource)) found.set(resource, { apiVersion, kind, resource, namespaced: scope === 'Namespaced', verbs })
      }
    }
    return [...found.values()]
  })
}

/** Path of an object of a kind, or of all objects of it without a name. */
export function pathOf(
  { apiVersion, resource, namespaced }: Kind,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name?: string } = {},
): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const within = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''
  return `${root}${within}/${resource}${name === undefined ? '' : `/${name}`}`
}

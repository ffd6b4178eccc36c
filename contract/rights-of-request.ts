import type { Right, RightScope } from './rights.ts'

/** What is known of a request that goes out. */
export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  readonly contentType?: string | undefined
  readonly body?: unknown
  /** User in whose name it is sent, where that is not the one of the kubeconfig. */
  readonly as?: string | undefined
}

/** Beginning of the names of all namespaces that Holdfast makes. */
const ownPrefix = 'hf-'
const rbac = 'rbac.authorization.k8s.io'

/** Subresources that are streams: a WebSocket opens them with GET, and since Kubernetes 1.35 that takes the right to create, too. */
const streams = ['exec', 'attach', 'portforward']

/**
 * The rights that the user of the kubeconfig needs for a request, as the API server works them out
 * (https://kubernetes.io/docs/reference/access-authn-authz/authorization/). Discovery and the version take none of these: every user who is
 * authenticated may read them.
 */
export function rightsOfRequest(request: SentRequest): readonly Right[] {
  if (request.as !== undefined) return [impersonation(request.as)]
  const [path = '', search] = request.path.split('?')
  const place = placeOf(path)
  if (place === undefined) return []
  const { isOne: _, ...resource } = place
  const query = { ...Object.fromEntries(new URLSearchParams(search)), ...request.query }
  const verbs = verbsOf({ ...request, query }, place)
  return [...verbs.map((verb) => ({ verb, ...resource })), ...grantedBy(request, resource)]
}

interface Place extends Omit<Right, 'verb'> {
  /** Whether it is about one object that the path names. */
  readonly isOne: boolean
}

/** What a path is about; undefined for what is no resource. */
function placeOf(path: string): Place | undefined {
  const found = /^\/(?:api\/[^/]+|apis\/([^/]+)\/[^/]+)\/(.+)$/.exec(path)
  if (found === null) return undefined
  const [, group = '', rest = ''] = found
  let parts = rest.split('/').map(decodeURIComponent)
  let scope: RightScope = 'cluster'
  const [first, namespace = '', inside] = parts
  if (first === 'namespaces' && inside !== undefined && inside !== 'status' && inside !== 'finalize') {
    scope = scopeOf(namespace)
    parts = parts.slice(2)
  }
  const [resource = '', name, subresource] = parts
  return { group, resource, ...(subresource !== undefined && { subresource }), scope, isOne: name !== undefined }
}

function scopeOf(namespace: string): RightScope {
  return namespace.startsWith(ownPrefix) ? 'own' : `namespace/${namespace}`
}

function verbsOf({ method, query, contentType }: SentRequest, { isOne, subresource }: Pick<Place, 'isOne' | 'subresource'>) {
  switch (method) {
    case 'POST':
      return ['create']
    case 'PUT':
      return ['update']
    case 'PATCH':
      // Server-side apply creates what is not there, and is asked for that right, too.
      return contentType?.startsWith('application/apply-patch') && subresource === undefined ? ['create', 'patch'] : ['patch']
    case 'DELETE':
      return [isOne ? 'delete' : 'deletecollection']
    default:
      if (subresource !== undefined && streams.includes(subresource)) return ['create', 'get']
      if (query?.['watch'] !== undefined) return ['watch']
      return [isOne ? 'get' : 'list']
  }
}

function impersonation(user: string): Right {
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(user) ?? []
  if (namespace === undefined) return { verb: 'impersonate', group: '', resource: 'users', scope: 'cluster', name: user }
  return { verb: 'impersonate', group: '', resource: 'serviceaccounts', scope: scopeOf(namespace) }
}

/** What of a Role or of a RoleBinding says which rights it gives. */
interface Granting {
  readonly roleRef?: { readonly kind?: string; readonly name?: string }
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[]
    readonly resources?: readonly string[]
    readonly verbs?: readonly string[]
  }[]
}

/**
 * Nobody can give more than they have: who makes a Role needs all rights in it, and who binds a ClusterRole all rights in that, or the verb
 * `bind` on it (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping).
 */
function grantedBy({ method, body }: SentRequest, { group, resource, scope }: Omit<Right, 'verb'>): readonly Right[] {
  if (group !== rbac || typeof body !== 'object' || body === null || !['POST', 'PUT', 'PATCH'].includes(method)) return []
  const { roleRef, rules } = body as Granting
  if (roleRef?.kind === 'ClusterRole')
    return [{ verb: 'bind', group, resource: 'clusterroles', scope: 'cluster', name: String(roleRef.name) }]
  if (!resource.endsWith('roles') || rules === undefined) return []
  return rules.flatMap(({ apiGroups = [], resources = [], verbs = [] }) =>
    apiGroups.flatMap((apiGroup) =>
      resources.flatMap((named) => {
        const [plural = '', subresource] = named.split('/')
        const granted = { group: apiGroup, resource: plural, ...(subresource !== undefined && { subresource }), scope }
        return verbs.map((verb) => ({ verb, ...granted }))
      }),
    ),
  )
}

import type { V1Node, V1Pod, V1ResourceAttributes, V1StorageClass } from '@kubernetes/client-node'
import { type Answer, type Asked, resourcesOf, statusOf } from './api-server.ts'

/** A cluster as its API server answers for it. */
export interface AnsweredCluster {
  readonly nodes?: readonly V1Node[]
  readonly storageClasses?: readonly V1StorageClass[]
  /** Undefined: the cluster does not know the kind. */
  readonly snapshotClasses?: readonly object[] | undefined
  /** Undefined: the cluster does not know the kind. */
  readonly groupSnapshotClasses?: readonly object[] | undefined
  readonly volumeAttributesClasses?: readonly object[]
  /** Kinds of the storage groups that this user may not list. */
  readonly hidden?: readonly string[]
  /** CSI drivers that every node has. */
  readonly drivers?: readonly string[]
  /** Message with which classes are refused. */
  readonly refusesClasses?: string
  readonly isAllowed?: (asked: V1ResourceAttributes) => boolean
  /** Nobody is authenticated: what is asked for who one is, is refused. */
  readonly anonymous?: true
  /** Message with which namespaces are refused. */
  readonly refusesNamespaces?: string
  /** Message with which PersistentVolumeClaims are refused; there is no driver behind these answers. */
  readonly refusesPvcs?: string
  /** Message with which Pods are refused. */
  readonly refusesPods?: string
  /** Status that the server gives a Pod. */
  readonly podStatus?: (pod: V1Pod) => V1Pod['status']
}

/** A node that takes Pods. */
export function node(name: string, changes: Partial<V1Node> = {}): V1Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: {} },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: 'v1.35.1',
        kernelVersion: '6.1',
        containerRuntimeVersion: 'containerd://2.1',
      },
    } as V1Node['status'] & {},
    ...changes,
  }
}

/** A StorageClass, which is the default one. */
export function storageClass(name: string, changes: Partial<V1StorageClass> = {}): V1StorageClass {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' }
  return {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, annotations }, provisioner: 'csi.example.com' },
    volumeBindingMode: 'Immediate',
    ...changes,
  }
}

/** Answers for a cluster. Objects that are created are there until they are deleted. */
export function answersOf(cluster: AnsweredCluster): (asked: Asked) => Answer {
  const created = new Map<string, object>()
  return ({ method, path, body }) => {
    if (path === '/version') return { body: { gitVersion: 'v1.36.3' } }
    if (path === '/api/v1')
      return resourcesOf(
        'v1',
        {
          ...{ Namespace: 'namespaces', Node: 'nodes', Pod: 'pods', ServiceAccount: 'serviceaccounts', Event: 'events', Secret: 'secrets' },
          ConfigMap: 'configmaps',
          ...{ PersistentVolumeClaim: 'persistentvolumeclaims', PersistentVolume: 'persistentvolumes' },
        },
        ['Pod', 'ServiceAccount', 'Event', 'Secret', 'ConfigMap', 'PersistentVolumeClaim'],
      )
    if (/^\/apis\/(\w+\.)?storage\.k8s\.io\/v1/.test(path)) return storageAnswer({ method, path, body }, created, cluster)
    if (path.endsWith('/selfsubjectaccessreviews')) return accessAnswer(body, cluster)
    if (path === '/api/v1/nodes') return list('NodeList', cluster.nodes ?? [node('one')])
    if (path.endsWith('/serviceaccounts/default'))
      return { body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } } }
    if (method === 'GET' && path.endsWith('/pods')) return list('PodList', podsOf(created, cluster))
    if (method === 'GET' && path.endsWith('/persistentvolumeclaims')) return list('PersistentVolumeClaimList', [])
    if (method === 'GET' && path.endsWith('/persistentvolumes')) return list('PersistentVolumeList', [])
    if (method === 'GET' && path.endsWith('/events')) return list('EventList', [])
    return stored({ method, path, body }, created, cluster)
  }
}

/** A list of objects. */
export function list(kind: string, items: readonly object[]): Answer {
  return { body: { apiVersion: 'v1', kind, metadata: { resourceVersion: '1' }, items } }
}

/** Kinds of the storage groups, each with what is there before anything is created; undefined where the cluster does not know it. */
function storageKinds(cluster: AnsweredCluster): Readonly<Record<string, Readonly<Record<string, readonly object[] | undefined>>>> {
  const drivers = (cluster.drivers ?? ['csi.example.com']).map((name) => ({ name, nodeID: 'one', topologyKeys: [] }))
  return {
    'storage.k8s.io/v1': {
      StorageClass: cluster.storageClasses ?? [storageClass('fast')],
      CSINode: [{ metadata: { name: 'one' }, spec: { drivers } }],
      VolumeAttributesClass: cluster.volumeAttributesClasses ?? [],
    },
    'snapshot.storage.k8s.io/v1': { VolumeSnapshotClass: cluster.snapshotClasses },
    'groupsnapshot.storage.k8s.io/v1': { VolumeGroupSnapshotClass: cluster.groupSnapshotClasses },
  }
}

const pluralOf = (kind: string): string => (kind.endsWith('Class') ? `${kind.toLowerCase()}es` : `${kind.toLowerCase()}s`)

function storageAnswer({ method, path, body }: Asked, created: Map<string, object>, cluster: AnsweredCluster): Answer {
  const [, , group = '', version = '', plural] = path.split('/')
  const kinds = Object.entries(storageKinds(cluster)[`${group}/${version}`] ?? {}).filter(([, objects]) => objects !== undefined)
  if (kinds.length === 0) return { status: 404, body: '404 page not found' }
  if (plural === undefined) return resourcesOf(`${group}/${version}`, Object.fromEntries(kinds.map(([kind]) => [kind, pluralOf(kind)])))
  const [kind, objects = []] = kinds.find(([each]) => pluralOf(each) === plural) ?? []
  if (method === 'POST' && cluster.refusesClasses !== undefined) return statusOf(403, cluster.refusesClasses)
  if (kind === undefined || method !== 'GET' || !path.endsWith(`/${plural}`)) return stored({ method, path, body }, created, cluster)
  if (cluster.hidden?.includes(kind)) return statusOf(403, `${plural} is forbidden: User "someone" cannot list it`)
  const made = [...created].flatMap(([at, object]) => (at.startsWith(`${path}/`) ? [object] : []))
  return list(`${kind}List`, [...objects, ...made])
}

function accessAnswer(body: unknown, { isAllowed = () => true, anonymous }: AnsweredCluster): Answer {
  if (anonymous) return statusOf(403, 'selfsubjectaccessreviews is forbidden: User "system:anonymous" cannot create it')
  const { spec } = body as { readonly spec: { readonly resourceAttributes: V1ResourceAttributes } }
  return {
    status: 201,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec,
      status: { allowed: isAllowed(spec.resourceAttributes) },
    },
  }
}

function podsOf(created: ReadonlyMap<string, object>, { podStatus }: AnsweredCluster): readonly V1Pod[] {
  const pods = [...created.values()].filter((each): each is V1Pod => 'kind' in each && each.kind === 'Pod')
  return pods.map((pod) => {
    const { apiVersion, kind, metadata, spec } = pod
    const status = podStatus?.(pod) ?? {}
    // A Pod whose containers have a status is on a node.
    const placed = status.containerStatuses === undefined ? spec : Object.assign({}, spec, { nodeName: 'one' })
    return { apiVersion, kind, metadata, spec: placed, status } as V1Pod
  })
}

function stored(
  { method, path, body }: Asked,
  created: Map<string, object>,
  { refusesPods, refusesPvcs = 'no driver', refusesNamespaces }: AnsweredCluster,
): Answer {
  if (method === 'POST') {
    const object = body as { readonly kind: string; readonly metadata: { readonly name: string } }
    if (object.kind === 'Namespace' && refusesNamespaces !== undefined) return statusOf(500, refusesNamespaces)
    if (object.kind === 'PersistentVolumeClaim') return statusOf(403, refusesPvcs)
    if (object.kind === 'Pod' && refusesPods !== undefined) return statusOf(403, refusesPods)
    created.set(`${path}/${object.metadata.name}`, object)
    return { status: 201, body: object }
  }
  const found = created.get(path)
  if (found === undefined) return statusOf(404, `${path} not found`)
  if (method === 'DELETE') created.delete(path)
  return { body: found }
}

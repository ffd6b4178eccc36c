import { parseQuantity } from '../../contract/quantity.ts'
import { type Answer, type Asked, resourcesOf, statusOf } from './api-server.ts'
import { list } from './cluster-answers.ts'

/** A driver as its cluster shows it: what is asked of it is there at once, or never. */
export interface AnsweredDriver {
  /** Bytes of which every volume is a multiple. */
  readonly step?: number
  readonly accessModes?: readonly string[]
  readonly block?: boolean
  readonly clones?: boolean
  /** Whether its volumes are of a CSI driver. */
  readonly csi?: boolean
  /** Whether a volume grows under its Pod, only without one, or not at all. */
  readonly grows?: 'online' | 'offline' | 'never'
  /** Whether a PersistentVolumeClaim gets a volume only once a Pod names it. */
  readonly waits?: boolean
  /** Only node that can use a volume. */
  readonly onlyNode?: string
  /** Bytes of each file system, where it does not follow the volume. */
  readonly fileSystem?: number
  /** Whether the root of a new volume has a directory lost+found. */
  readonly lostAndFound?: boolean
  /** Bytes of the file system of an inline volume; of its attribute `size` when absent. */
  readonly inline?: number
  /** Whether a VolumeGroupSnapshot of it is ready at once, never, or may not be made. */
  readonly groups?: 'ready' | 'never' | 'forbidden'
  /** Message with which PersistentVolumeClaims are refused. */
  readonly refuses?: string
}

/** A PersistentVolumeClaim or a Pod, as far as an answer depends on it. */
interface Stored {
  readonly kind?: string
  readonly metadata?: { readonly name?: string }
  readonly spec?: {
    readonly accessModes?: readonly string[]
    readonly volumeMode?: string
    readonly dataSource?: { readonly kind: string }
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
    readonly volumes?: readonly {
      readonly persistentVolumeClaim?: { readonly claimName: string }
      readonly csi?: { readonly volumeAttributes?: { readonly size?: string } }
    }[]
    readonly affinity?: {
      readonly nodeAffinity?: {
        readonly requiredDuringSchedulingIgnoredDuringExecution?: {
          readonly nodeSelectorTerms: readonly { readonly matchFields?: readonly { readonly values?: readonly string[] }[] }[]
        }
      }
    }
  }
}

const namespaced = ['Pod', 'ServiceAccount', 'Event', 'PersistentVolumeClaim']
const kinds = {
  ...{ Namespace: 'namespaces', Node: 'nodes', Pod: 'pods', ServiceAccount: 'serviceaccounts', Event: 'events' },
  ...{ PersistentVolumeClaim: 'persistentvolumeclaims', PersistentVolume: 'persistentvolumes' },
}

/** Answers for a driver. Objects that are created are there until they are deleted, or until their namespace is. */
export function driverAnswers(driver: AnsweredDriver, nodes: readonly string[] = ['one', 'two']): (asked: Asked) => Answer {
  const { step = 1, onlyNode } = driver
  const objects = new Map<string, Stored>()
  const capacities = new Map<string, number>()
  const namespaces = new Set<string>()
  const all = (kind: string) => [...objects.values()].filter((each) => each.kind === kind)
  const usersOf = (pvc: string) => all('Pod').filter((pod) => pod.spec?.volumes?.[0]?.persistentVolumeClaim?.claimName === pvc)

  const pvcSeen = (pvc: Stored): object => {
    const name = pvc.metadata?.name ?? ''
    const { accessModes = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'], block = true, clones = true } = driver
    const isServed =
      accessModes.includes(pvc.spec?.accessModes?.[0] ?? '') &&
      (block || pvc.spec?.volumeMode !== 'Block') &&
      (clones || pvc.spec?.dataSource?.kind !== 'PersistentVolumeClaim') &&
      (driver.waits !== true || usersOf(name).length > 0 || capacities.has(name))
    if (!isServed) return { ...pvc, status: { phase: 'Pending' } }
    const asked = Math.ceil(parseQuantity(pvc.spec?.resources?.requests?.['storage'] ?? '0') / step) * step
    const may =
      driver.grows === 'online' || (driver.grows === 'offline' && usersOf(name).every(({ metadata }) => metadata?.name !== `${name}-user`))
    const capacity = capacities.has(name) && !may ? (capacities.get(name) ?? 0) : asked
    capacities.set(name, capacity)
    return { ...pvc, spec: { ...pvc.spec, volumeName: `pv-${name}` }, status: { phase: 'Bound', capacity: { storage: String(capacity) } } }
  }
  const podSeen = (pod: Stored): object => {
    const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
    const nodeName = terms?.[0]?.matchFields?.[0]?.values?.[0] ?? onlyNode ?? nodes[0]
    return { ...pod, spec: { ...pod.spec, nodeName }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }
  }
  const pvSeen = (name: string): object => {
    const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [onlyNode ?? ''] }] }]
    const source = driver.csi === false ? { hostPath: { path: `/volumes/${name}` } } : { csi: { driver: 'example', volumeHandle: name } }
    const spec = { ...source, ...(onlyNode !== undefined && { nodeAffinity: { required: { nodeSelectorTerms: terms } } }) }
    return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec }
  }

  return ({ method, path, body }) => {
    const [, , , , namespace, plural, name, sub] = path.split('/')
    if (path === '/api/v1') return resourcesOf('v1', kinds, namespaced)
    if (path === groupApi) return resourcesOf('groupsnapshot.storage.k8s.io/v1', groupKinds, ['VolumeGroupSnapshot'])
    if (path.startsWith(`${groupApi}/`)) return groupAnswer({ method, path, body }, { driver, objects })
    if (path === '/apis/snapshot.storage.k8s.io/v1') return { status: 404, body: '404 page not found' }
    if (path === '/api/v1/persistentvolumes') return list('PersistentVolumeList', [])
    if (path.startsWith('/api/v1/persistentvolumes/')) return { body: pvSeen(path.split('/').at(-1) ?? '') }
    if (path.endsWith('/serviceaccounts/default'))
      return { body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } } }
    if (path.endsWith('/events')) return list('EventList', [])
    if (sub === 'log') {
      const volume = objects.get(`pods/${name}`)?.spec?.volumes?.[0]
      const size = volume?.csi?.volumeAttributes?.size
      if (size !== undefined) return { body: `none\n${driver.inline ?? parseQuantity(size)}\n` }
      const pvc = volume?.persistentVolumeClaim?.claimName ?? ''
      return { body: `${driver.lostAndFound === true ? 'lost+found' : 'none'}\n${driver.fileSystem ?? capacities.get(pvc)}\n` }
    }
    if (plural === undefined) return namespaceAnswer({ method, body }, { name: namespace, objects, namespaces })
    const key = `${plural}/${name}`
    if (method === 'POST') {
      if (plural === 'persistentvolumeclaims' && driver.refuses !== undefined) return statusOf(403, driver.refuses)
      const created = body as Stored
      objects.set(`${plural}/${created.metadata?.name}`, created)
      return { status: 201, body: created }
    }
    if (method === 'PATCH') {
      const found = objects.get(key)
      const changed: Stored = { ...found, spec: { ...found?.spec, ...(body as Stored).spec } }
      objects.set(key, changed)
      return { body: changed }
    }
    if (method === 'DELETE') objects.delete(key)
    if (method === 'GET' && name === undefined)
      return plural === 'pods'
        ? list(
            'PodList',
            all('Pod').map((pod) => podSeen(pod)),
          )
        : list(
            'PersistentVolumeClaimList',
            all('PersistentVolumeClaim').map((pvc) => pvcSeen(pvc)),
          )
    return { body: objects.get(key) ?? { kind: 'Status', apiVersion: 'v1', status: 'Success' } }
  }
}

const groupApi = '/apis/groupsnapshot.storage.k8s.io/v1'
const groupKinds = { VolumeGroupSnapshot: 'volumegroupsnapshots', VolumeGroupSnapshotContent: 'volumegroupsnapshotcontents' }

function groupAnswer(
  { method, path, body }: Pick<Asked, 'method' | 'path' | 'body'>,
  { driver, objects }: { readonly driver: AnsweredDriver; readonly objects: Map<string, Stored> },
): Answer {
  if (path.endsWith('contents')) return list('VolumeGroupSnapshotContentList', [])
  if (driver.groups === 'forbidden') return statusOf(403, 'volumegroupsnapshots is forbidden')
  if (method === 'POST') {
    objects.set('group', body as Stored)
    return { status: 201, body }
  }
  const found = objects.get('group')
  return list('VolumeGroupSnapshotList', found === undefined ? [] : [{ ...found, status: { readyToUse: driver.groups === 'ready' } }])
}

function namespaceAnswer(
  { method, body }: Pick<Asked, 'method' | 'body'>,
  {
    name,
    objects,
    namespaces,
  }: { readonly name: string | undefined; readonly objects: Map<string, Stored>; readonly namespaces: Set<string> },
): Answer {
  if (method === 'POST') {
    namespaces.add((body as Stored).metadata?.name ?? '')
    return { status: 201, body }
  }
  if (method === 'DELETE') {
    namespaces.clear()
    objects.clear()
    return { body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } }
  }
  return namespaces.has(name ?? '') ? { body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } } : statusOf(404, 'not found')
}

import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { field } from '../../engine/object.ts'
import { isReadyPod, restartsOf } from '../pod/readings.ts'
import { volumeHandleOf } from '../pvc/volume/volume-source.ts'

/** Names one reading of the state of a namespace. */
export interface StateName {
  readonly namespace: string
  readonly label: string
}

/** What tells an object from any other that may take its place. */
export interface StateOfObject {
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly terminating: boolean
  /** PersistentVolumeClaim and PersistentVolume. */
  readonly phase?: string
  /** PersistentVolume of a PersistentVolumeClaim, content of a VolumeSnapshot. */
  readonly boundTo?: string
  /** Size that a PersistentVolumeClaim asks for, and the one that it has. */
  readonly requested?: string
  readonly capacity?: string
  /** Handle of a PersistentVolume or a VolumeSnapshotContent. */
  readonly handle?: string
  readonly pod?: StateOfPod
}

/** What runs of a Pod. */
export interface StateOfPod {
  readonly node: string
  readonly ready: boolean
  readonly restarts: number
  /** Ids of its containers, as the container runtime gave them. */
  readonly containers: readonly string[]
}

const namespacedPaths = {
  Pod: ['/api/v1', 'pods'],
  PersistentVolumeClaim: ['/api/v1', 'persistentvolumeclaims'],
  StatefulSet: ['/apis/apps/v1', 'statefulsets'],
  Deployment: ['/apis/apps/v1', 'deployments'],
  VolumeSnapshot: ['/apis/snapshot.storage.k8s.io/v1', 'volumesnapshots'],
} as const

/**
 * Reads what there is in a namespace, and the volumes and snapshots of it. A watch of an API server that was restarted may have a gap; an
 * object with the same UID before and after is the same whatever was missed in between.
 */
export async function readState({
  api,
  namespace,
  signal,
}: {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly signal: AbortSignal
}): Promise<readonly StateOfObject[]> {
  const found: StateOfObject[] = []
  for (const [kind, [group, plural]] of Object.entries(namespacedPaths)) {
    const objects = await listed(api, `${group}/namespaces/${namespace}/${plural}`)
    found.push(...objects.map((object) => stateOf(kind, object)))
  }
  const boundTo = async (of: string, kind: string, path: string) => {
    for (const { boundTo: name } of found.filter((one) => one.kind === of && one.boundTo !== undefined))
      found.push(stateOf(kind, await api.send({ path: `${path}/${name ?? ''}`, signal })))
  }
  await boundTo('PersistentVolumeClaim', 'PersistentVolume', '/api/v1/persistentvolumes')
  await boundTo('VolumeSnapshot', 'VolumeSnapshotContent', '/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents')
  return found
}

function stateOf(kind: string, object: ObservedObject): StateOfObject {
  const { name, uid, deletionTimestamp } = object.metadata
  const text = (...path: readonly string[]) => {
    const value = field(object, ...path)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const phase = kind.startsWith('PersistentVolume') ? text('status', 'phase') : undefined
  const bound = kind === 'VolumeSnapshot' ? text('status', 'boundVolumeSnapshotContentName') : text('spec', 'volumeName')
  const handle = kind === 'VolumeSnapshotContent' ? text('status', 'snapshotHandle') : volumeHandleOf(object)
  const [requested, capacity] = [text('spec', 'resources', 'requests', 'storage'), text('status', 'capacity', 'storage')]
  const sizes = { ...(requested !== undefined && { requested }), ...(capacity !== undefined && { capacity }) }
  return {
    ...{ kind, name, uid, terminating: deletionTimestamp !== undefined },
    ...(phase !== undefined && { phase }),
    ...(bound !== undefined && { boundTo: bound }),
    ...(handle !== undefined && { handle }),
    ...(kind === 'PersistentVolumeClaim' && sizes),
    ...(kind === 'Pod' && { pod: stateOfPod(object) }),
  }
}

function stateOfPod(pod: ObservedObject): StateOfPod {
  const node = field(pod, 'spec', 'nodeName')
  const statuses = (field(pod, 'status', 'containerStatuses') ?? []) as readonly { readonly containerID?: string }[]
  return {
    node: typeof node === 'string' ? node : '',
    ready: isReadyPod(pod),
    restarts: restartsOf(pod),
    containers: statuses.map(({ containerID = '' }) => containerID),
  }
}

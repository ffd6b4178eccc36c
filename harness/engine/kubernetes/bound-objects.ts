import { messageOf } from '../causes.ts'
import { field } from '../object.ts'
import { isMadeBy } from './cluster-scoped.ts'
import type { ObservedObject } from '../history/history-entry.ts'
import { ApiError } from './api-error.ts'
import type { KubernetesApi } from './api.ts'

/** Objects of a list, of which there may be none because the API has no such kind. */
export async function listed(api: KubernetesApi, path: string, signal?: AbortSignal): Promise<readonly ObservedObject[]> {
  try {
    return (await api.send<{ items?: readonly ObservedObject[] }>({ path, ...(signal && { signal }) })).items ?? []
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return []
    throw error
  }
}

/** Path of all Namespaces. */
export const namespaces = '/api/v1/namespaces'
/** Path of all PersistentVolumes. */
const persistentVolumes = '/api/v1/persistentvolumes'
/** Path of all VolumeAttachments. */
const volumeAttachments = '/apis/storage.k8s.io/v1/volumeattachments'
/** Path of all VolumeSnapshotContents. */
export const snapshotContents = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents'

/** Path of all StorageClasses. */
const storageClasses = '/apis/storage.k8s.io/v1/storageclasses'

/** Path of all VolumeSnapshotClasses. */
const snapshotClasses = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses'

/** Path of all VolumeGroupSnapshotContents. */
const groupSnapshotContents = '/apis/groupsnapshot.storage.k8s.io/v1/volumegroupsnapshotcontents'

interface BoundKind {
  readonly apiVersion: string
  readonly path: string
  /** Whether an object exists because of a namespace, of which these are the PersistentVolumes. */
  readonly isBound: (object: ObservedObject, namespace: string, volumes: ReadonlySet<unknown>) => boolean
}

/** Kinds of cluster-scoped objects that exist because of a namespace. PersistentVolumes come first: attachments are known by them. */
export const boundKinds: Readonly<Record<string, BoundKind>> = {
  PersistentVolume: {
    apiVersion: 'v1',
    path: persistentVolumes,
    isBound: (object, namespace) => field(object, 'spec', 'claimRef', 'namespace') === namespace || isMadeBy(namespace, object),
  },
  StorageClass: { apiVersion: 'storage.k8s.io/v1', path: storageClasses, isBound: (object, namespace) => isMadeBy(namespace, object) },
  VolumeSnapshotClass: {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    path: snapshotClasses,
    isBound: (object, namespace) => isMadeBy(namespace, object),
  },
  VolumeAttachment: {
    apiVersion: 'storage.k8s.io/v1',
    path: volumeAttachments,
    isBound: (object, _, volumes) => volumes.has(field(object, 'spec', 'source', 'persistentVolumeName')),
  },
  VolumeSnapshotContent: {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    path: snapshotContents,
    isBound: (object, namespace) => field(object, 'spec', 'volumeSnapshotRef', 'namespace') === namespace,
  },
  VolumeGroupSnapshotContent: {
    apiVersion: 'groupsnapshot.storage.k8s.io/v1',
    path: groupSnapshotContents,
    isBound: (object, namespace) => field(object, 'spec', 'volumeGroupSnapshotRef', 'namespace') === namespace,
  },
}

/**
 * Cluster-scoped objects that exist because of a namespace: its volumes, their attachments, the contents of its snapshots and classes
 * of its own. A kind that cannot be listed is named in `unknown`; the others are there all the same.
 */
export async function clusterScopedObjectsOf(
  namespace: string,
  { api, signal }: { readonly api: KubernetesApi; readonly signal?: AbortSignal },
): Promise<{ readonly objects: readonly ObservedObject[]; readonly unknown: readonly string[] }> {
  const unknown: string[] = []
  const ofKind = async (kind: string, volumes: ReadonlySet<unknown>): Promise<readonly ObservedObject[]> => {
    const { apiVersion = '', path = '', isBound } = boundKinds[kind] ?? {}
    try {
      const found = (await listed(api, path, signal)).filter((object) => isBound?.(object, namespace, volumes))
      return found.map((object) => ({ ...object, apiVersion, kind }))
    } catch (error) {
      unknown.push(`Cannot list the ${kind}s of namespace ${namespace}: ${messageOf(error)}`)
      return []
    }
  }
  const [first = '', ...others] = Object.keys(boundKinds)
  const volumes = await ofKind(first, new Set())
  const names = new Set(volumes.map(({ metadata }) => metadata.name))
  const rest = await Promise.all(others.map(async (kind) => ofKind(kind, names)))
  return { objects: [...volumes, ...rest.flat()], unknown }
}

/** Names of the namespace of a guarantee and of its additional ones. They may have been deleted and restored since they were created. */
export async function namespacesOf(api: KubernetesApi, name: string, signal?: AbortSignal): Promise<readonly string[]> {
  const all = (await listed(api, namespaces, signal)).map(({ metadata }) => metadata.name)
  return [name, ...all.filter((one) => one.startsWith(`${name}-`))]
}

import { isMadeBy } from '../fixtures/cluster-scoped.ts'
import type { ObservedObject } from '../history-entry.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import type { KubernetesApi } from '../kubernetes/api.ts'

/** Objects of a list, of which there may be none because the API has no such kind. */
export async function listed(api: KubernetesApi, path: string): Promise<readonly ObservedObject[]> {
  try {
    return (await api.send<{ items?: readonly ObservedObject[] }>({ path })).items ?? []
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return []
    throw error
  }
}

interface PersistentVolumeLike extends ObservedObject {
  readonly spec?: { readonly claimRef?: { readonly namespace?: string } }
}

interface SnapshotContentLike extends ObservedObject {
  readonly spec?: { readonly volumeSnapshotRef?: { readonly namespace?: string } }
}

/** Path of all Namespaces. */
export const namespaces = '/api/v1/namespaces'
/** Path of all PersistentVolumes. */
export const persistentVolumes = '/api/v1/persistentvolumes'
/** Path of all VolumeAttachments. */
export const volumeAttachments = '/apis/storage.k8s.io/v1/volumeattachments'
/** Path of all VolumeSnapshotContents. */
export const snapshotContents = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents'

/** Path of all StorageClasses. */
export const storageClasses = '/apis/storage.k8s.io/v1/storageclasses'

/** Path of all VolumeSnapshotClasses. */
export const snapshotClasses = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses'

/** Path of all VolumeGroupSnapshotContents. */
export const groupSnapshotContents = '/apis/groupsnapshot.storage.k8s.io/v1/volumegroupsnapshotcontents'

interface GroupSnapshotContentLike extends ObservedObject {
  readonly spec?: { readonly volumeGroupSnapshotRef?: { readonly namespace?: string } }
}

interface VolumeAttachmentLike extends ObservedObject {
  readonly spec?: { readonly source?: { readonly persistentVolumeName?: string } }
}

/** Cluster-scoped objects that exist because of one namespace: its volumes, their attachments, the contents of its snapshots and classes of its own. */
export async function boundTo(api: KubernetesApi, namespace: string): Promise<readonly ObservedObject[]> {
  const volumes = ((await listed(api, persistentVolumes)) as readonly PersistentVolumeLike[]).filter(
    (pv) => pv.spec?.claimRef?.namespace === namespace || isMadeBy(namespace, pv),
  )
  const names = new Set<string | undefined>(volumes.map((pv) => pv.metadata.name))
  const attachments = (await listed(api, volumeAttachments)) as readonly VolumeAttachmentLike[]
  const contents = (await listed(api, snapshotContents)) as readonly SnapshotContentLike[]
  const groups = (await listed(api, groupSnapshotContents)) as readonly GroupSnapshotContentLike[]
  const made = (object: ObservedObject) => isMadeBy(namespace, object)
  const classes = (await listed(api, snapshotClasses)).filter(made)
  const ofStorage = (await listed(api, storageClasses)).filter(made)
  return [
    ...ofStorage.map((object) => ({ ...object, apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' })),
    ...classes.map((object) => ({ ...object, apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass' })),
    ...volumes.map((pv) => ({ ...pv, apiVersion: 'v1', kind: 'PersistentVolume' })),
    ...attachments
      .filter((attachment) => names.has(attachment.spec?.source?.persistentVolumeName))
      .map((attachment) => ({ ...attachment, apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment' })),
    ...contents
      .filter((content) => content.spec?.volumeSnapshotRef?.namespace === namespace)
      .map((content) => ({ ...content, apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotContent' })),
    ...groups
      .filter((content) => content.spec?.volumeGroupSnapshotRef?.namespace === namespace)
      .map((content) => ({ ...content, apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotContent' })),
  ]
}

/** The namespace of a guarantee, be it there or not, and those besides it, by name: they may have been deleted and restored since they were made. */
export async function namespacesOf(api: KubernetesApi, name: string): Promise<readonly string[]> {
  const all = (await listed(api, namespaces)).map(({ metadata }) => metadata.name)
  return [name, ...all.filter((one) => one.startsWith(`${name}-`))]
}

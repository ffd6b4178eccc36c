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

/** Path of all PersistentVolumes. */
export const persistentVolumes = '/api/v1/persistentvolumes'
/** Path of all VolumeAttachments. */
export const volumeAttachments = '/apis/storage.k8s.io/v1/volumeattachments'
/** Path of all VolumeSnapshotContents. */
export const snapshotContents = '/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents'

/** Path of all VolumeGroupSnapshotContents. */
export const groupSnapshotContents = '/apis/groupsnapshot.storage.k8s.io/v1/volumegroupsnapshotcontents'

interface GroupSnapshotContentLike extends ObservedObject {
  readonly spec?: { readonly volumeGroupSnapshotRef?: { readonly namespace?: string } }
}

interface VolumeAttachmentLike extends ObservedObject {
  readonly spec?: { readonly source?: { readonly persistentVolumeName?: string } }
}

/** Cluster-scoped objects that exist because of one namespace: its volumes, their attachments and the contents of its snapshots. */
export async function boundTo(api: KubernetesApi, namespace: string): Promise<readonly ObservedObject[]> {
  const volumes = ((await listed(api, persistentVolumes)) as readonly PersistentVolumeLike[]).filter(
    (pv) => pv.spec?.claimRef?.namespace === namespace,
  )
  const names = new Set<string | undefined>(volumes.map((pv) => pv.metadata.name))
  const attachments = (await listed(api, volumeAttachments)) as readonly VolumeAttachmentLike[]
  const contents = (await listed(api, snapshotContents)) as readonly SnapshotContentLike[]
  const groups = (await listed(api, groupSnapshotContents)) as readonly GroupSnapshotContentLike[]
  return [
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

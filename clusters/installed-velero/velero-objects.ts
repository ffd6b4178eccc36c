import type { KubernetesObject } from '@kubernetes/client-node'

/** Group and version of what Velero is asked for and set up with. */
export const veleroApi = 'velero.io/v1'

/** A BackupStorageLocation, as far as it is read. See https://velero.io/docs/main/api-types/backupstoragelocation/ */
export interface StorageLocation extends KubernetesObject {
  readonly spec?: { readonly default?: boolean; readonly provider?: string; readonly accessMode?: string }
  readonly status?: { readonly phase?: string; readonly message?: string }
}

/** A VolumeSnapshotLocation, as far as it is read. See https://velero.io/docs/main/api-types/volumesnapshotlocation/ */
export interface SnapshotLocation extends KubernetesObject {
  readonly spec?: { readonly provider?: string }
}

/** A request for the version and the plug-ins of the server, which Velero itself removes after a minute. */
export interface ServerStatusRequest extends KubernetesObject {
  readonly status?: {
    readonly phase?: string
    readonly serverVersion?: string
    readonly plugins?: readonly { readonly name: string; readonly kind: string }[]
  }
}

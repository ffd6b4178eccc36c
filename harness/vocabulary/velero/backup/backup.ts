import type { ClusterRecord, SharedVelero } from '../../../../contract/cluster-record.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import type { ExecHook, HookedResources, Labelled } from '../hooks.ts'
import { timeouts } from '../timeouts.ts'

/** What a Backup is asked for, as far as suites ask. See https://velero.io/docs/main/api-types/backup/ */
export interface BackupSpec {
  readonly includedNamespaces?: readonly string[]
  readonly excludedNamespaces?: readonly string[]
  readonly includedResources?: readonly string[]
  readonly excludedResources?: readonly string[]
  readonly labelSelector?: Labelled
  readonly orLabelSelectors?: readonly Labelled[]
  readonly includeClusterResources?: boolean
  readonly snapshotVolumes?: boolean
  /** Whether the data of CSI snapshots is moved to the object store. */
  readonly snapshotMoveData?: boolean
  readonly defaultVolumesToFsBackup?: boolean
  readonly storageLocation?: string
  readonly volumeSnapshotLocations?: readonly string[]
  /** How long the backup is kept, `1h`. */
  readonly ttl?: string
  readonly csiSnapshotTimeout?: string
  readonly itemOperationTimeout?: string
  readonly orderedResources?: Readonly<Record<string, string>>
  readonly resourcePolicy?: { readonly kind: string; readonly name: string }
  readonly hooks?: HookedResources<{ readonly pre?: readonly ExecHook[]; readonly post?: readonly ExecHook[] }>
  /** Metadata of the Backups that a Schedule makes. */
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> }
}

/**
 * Annotation of a Pod by which its volumes of these names are backed up file by file. See https://velero.io/docs/main/file-system-backup/
 */
export function fileSystemBackupOf(...volumes: readonly string[]): Readonly<Record<string, string>> {
  return { 'backup.velero.io/backup-volumes': volumes.join(',') }
}

/** Where a Backup or Schedule of ours is made, and of which namespace. */
export interface BackupOf {
  readonly cluster: Pick<ClusterRecord, 'velero' | 'driver' | 'snapshotClass'>
  readonly namespace: string
}

/** How long a Backup of ours is kept where nothing else is asked for: longer than any run. */
const kept = '2h'

/** Builds a Backup of one namespace whose CSI snapshots are taken with the VolumeSnapshotClass of the cluster. */
export function backup(name: string, { cluster, namespace, ...spec }: BackupOf & BackupSpec) {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Backup',
    metadata: { name, annotations: withSnapshotClass(cluster) },
    spec: templateOf({ cluster, namespace, ...spec }),
  } as const
}

/** Spec of a Backup of one namespace, with what suites ask for on top. */
export function templateOf({ cluster, namespace, ...spec }: BackupOf & BackupSpec): BackupSpec {
  const { velero } = cluster
  const place = velero && { storageLocation: velero.location, ...(velero.shared && instead(velero.shared)) }
  return { includedNamespaces: [namespace], ...place, ttl: kept, ...timeouts, ...spec }
}

/** Said in each Backup, because somebody else's server may have other defaults. */
function instead({ snapshotLocations }: SharedVelero): BackupSpec {
  return {
    defaultVolumesToFsBackup: false,
    snapshotMoveData: false,
    ...(snapshotLocations.length > 0 && { volumeSnapshotLocations: snapshotLocations }),
  }
}

/** Velero picks a VolumeSnapshotClass by this annotation of the Backup; without it, by a label of the class. */
export function withSnapshotClass({ driver, snapshotClass }: BackupOf['cluster']): Readonly<Record<string, string>> {
  return { [`velero.io/csi-volumesnapshot-class_${driver}`]: snapshotClass }
}

/** Builds the request that removes a Backup with its data; Velero finds it by these labels. */
export function deleteBackupRequest({ name, uid }: Pick<ObservedObject['metadata'], 'name' | 'uid'>, suffix: string) {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'DeleteBackupRequest',
    metadata: { name: `${name}-${suffix}`, labels: { 'velero.io/backup-name': name.slice(0, 63), 'velero.io/backup-uid': uid } },
    spec: { backupName: name },
  } as const
}

import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** Which objects are meant, by label. */
export interface Labelled {
  readonly matchLabels: Readonly<Record<string, string>>
}

/** A command in a container, run before or after its Pod is backed up, or once it was restored. */
export interface ExecHook {
  readonly exec: {
    readonly container?: string
    readonly command: readonly string[]
    readonly onError?: 'Continue' | 'Fail'
    /** How long the command may take, `30s`: the name differs between backups and restores. */
    readonly timeout?: string
    readonly execTimeout?: string
    readonly waitTimeout?: string
    readonly waitForReady?: boolean
  }
}

interface HookedResources<Hooks> {
  readonly resources: readonly (Hooks & {
    readonly name: string
    readonly includedNamespaces?: readonly string[]
    readonly includedResources?: readonly string[]
    readonly labelSelector?: Labelled
  })[]
}

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

/** What a Restore is asked for, as far as suites ask. See https://velero.io/docs/main/api-types/restore/ */
export interface RestoreSpec {
  readonly backupName?: string
  readonly scheduleName?: string
  readonly includedNamespaces?: readonly string[]
  readonly excludedNamespaces?: readonly string[]
  readonly includedResources?: readonly string[]
  readonly excludedResources?: readonly string[]
  /** Where the objects of each namespace go; those of others stay where they were. */
  readonly namespaceMapping?: Readonly<Record<string, string>>
  readonly labelSelector?: Labelled
  readonly orLabelSelectors?: readonly Labelled[]
  readonly includeClusterResources?: boolean
  readonly restorePVs?: boolean
  readonly existingResourcePolicy?: 'none' | 'update'
  readonly itemOperationTimeout?: string
  readonly resourceModifier?: { readonly kind: string; readonly name: string }
  readonly uploaderConfig?: { readonly writeSparseFiles?: boolean }
  readonly hooks?: HookedResources<{ readonly postHooks?: readonly ExecHook[] }>
}

/** What a Schedule is asked for. See https://velero.io/docs/main/api-types/schedule/ */
export interface ScheduleSpec {
  /** Cron expression, or `@every 10s`. */
  readonly schedule: string
  readonly template: BackupSpec
  readonly paused?: boolean
  readonly skipImmediately?: boolean
  readonly useOwnerReferencesInBackup?: boolean
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

/**
 * Velero waits ten minutes for a VolumeSnapshot and four hours for data that is moved. Ours take seconds, so that one which never
 * comes is told of while the guarantee still looks.
 */
const timeouts = { csiSnapshotTimeout: '90s', itemOperationTimeout: '2m' } as const

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

/** Builds a Restore. */
export function restore(name: string, spec: RestoreSpec) {
  const { itemOperationTimeout } = timeouts
  return { apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name }, spec: { itemOperationTimeout, ...spec } } as const
}

/** Builds a Schedule of Backups of one namespace, each as `backup` builds them. */
export function schedule(name: string, options: BackupOf & Omit<ScheduleSpec, 'template'> & { readonly template?: BackupSpec }) {
  const { cluster, namespace, template, ...spec } = options
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    // A Schedule hands its annotations on to its Backups.
    metadata: { name, annotations: withSnapshotClass(cluster) },
    spec: { ...spec, template: templateOf({ cluster, namespace, ...template }) },
  } as const
}

function templateOf({ cluster, namespace, ...spec }: BackupOf & BackupSpec): BackupSpec {
  const { velero } = cluster
  return { includedNamespaces: [namespace], ...(velero && { storageLocation: velero.location }), ttl: kept, ...timeouts, ...spec }
}

/** Velero picks a VolumeSnapshotClass by this annotation of the Backup; without it, by a label of the class. */
function withSnapshotClass({ driver, snapshotClass }: BackupOf['cluster']): Readonly<Record<string, string>> {
  return { [`velero.io/csi-volumesnapshot-class_${driver}`]: snapshotClass }
}

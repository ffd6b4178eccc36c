import type { WorkloadSettings } from './workload.ts'
import type { Platform } from './platform.ts'
import type { Subject } from './subject.ts'
import type { Feature } from './feature.ts'
import type { AuditLogRecord } from './audit.ts'

export type { Feature }

/** What a further StorageClass is for. */
export type StorageClassPurpose = 'waitForFirstConsumer' | 'nodeLocal' | 'zoneLocal' | 'ext4'

/** When volumes of a StorageClass are bound, as in its `volumeBindingMode`. */
export type BindingMode = 'Immediate' | 'WaitForFirstConsumer'

/** One node of the cluster. `container` is the container that runs it on kind. */
export interface NodeRecord {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  readonly zone: string
  readonly container: string
  readonly address: string
  /** False where it takes no Pods of suites: it is cordoned, say. */
  readonly takesPods?: false
}

/** One container image and where it came from. */
export interface ImageRecord {
  readonly name: string
  /** Name with its tag. A tag of a public image may move: what was used is known by the digest. */
  readonly reference: string
  /**
   * Id of the image in the local engine, or in a node where an archive was loaded into it, `sha256:…`; it differs from machine to
   * machine. Absent where neither ever had it.
   */
  readonly imageId?: string
  /** Digest in the registry, `sha256:…`; absent for what no registry has. */
  readonly digest?: string
  /**
   * `present` in the engine or the nodes, `pulled` from a registry, `built` offline, `named` with `--workload-image` or `--image` for
   * the nodes to pull, or from an `archive` of the user's.
   */
  readonly from: 'present' | 'pulled' | 'built' | 'named' | 'archive'
}

/** Applications that suites run, by the image they run in. */
export type ApplicationImage =
  | 'postgres'
  | 'postgresNext'
  | 'redis'
  | 'etcd'
  | 'mongodb'
  | 'zookeeper'
  | 'mariadb'
  | 'rabbitmq'
  | 'nginx'
  | 'backupTools'

/** The S3 object store beside a cluster. Its credentials are in the Secret that Velero reads, and nowhere else. */
export interface ObjectStoreRecord {
  /** Address that Pods of every cluster on the shared network reach, `http://172.18.0.5:7070`. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Path within the bucket below which this cluster's Velero writes. */
  readonly prefix?: string
  /** Directory of this machine that holds the bucket's objects as files. */
  readonly directory: string
  /** Name of the container that serves it. */
  readonly container: string
}

/** What suites mind of a Velero that Holdfast did not install: it serves others, and keeps its store and its settings. */
export interface SharedVelero {
  /** As its server says, or the tag of its image; absent where neither is known. */
  readonly version?: string
  /**
   * VolumeSnapshotLocations that each Backup names, one for each provider: where a provider has several and the server no default, it
   * refuses a Backup that names none. None where the server needs none.
   */
  readonly snapshotLocations: readonly string[]
}

/** Velero as it is installed in a cluster. */
export interface VeleroRecord {
  /** Namespace of the server, and so of every Backup, Restore and Schedule. */
  readonly namespace: string
  /** BackupStorageLocation that suites use. */
  readonly location: string
  /** BackupStorageLocation that breaks one rule, by name of the mutant. */
  readonly faultyLocations: Readonly<Record<string, string>>
  /** Absent where Holdfast installed it. */
  readonly shared?: SharedVelero
}

/**
 * What the classes that were named for a cluster have besides their driver, such as the place of its storage and the names of its Secrets:
 * a class that a suite makes has it too, or the driver could make nothing of it.
 */
export interface ClassTemplate {
  readonly parameters?: Readonly<Record<string, string>>
  readonly mountOptions?: readonly string[]
  /** As in the StorageClass. */
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[]
  }[]
  /** Parameters of the VolumeSnapshotClass. */
  readonly snapshotParameters?: Readonly<Record<string, string>>
}

/** `cluster.json`: all that is handed from the process that makes a cluster to the one that uses it. */
export interface ClusterRecord {
  readonly schemaVersion: 1
  readonly name: string
  readonly profile: string
  readonly createdAt: string
  /** Path of the kubeconfig file. */
  readonly kubeconfig: string
  readonly context: string
  /** Versions by component, for example `kubernetes: v1.36.3`. */
  readonly versions: Readonly<Record<string, string>>
  /** State of each feature gate of the API server, by its own metrics; absent where they could not be read. */
  readonly featureGates?: Readonly<Record<string, boolean>>
  /** What the settings changed of Kubernetes and of the components; absent when nothing. */
  readonly configured?: Readonly<Record<string, unknown>>
  readonly nodes: readonly NodeRecord[]
  readonly features: readonly Feature[]
  /** Name of the CSI driver, as in `CSIDriver`. */
  readonly driver: string
  /** The driver as it was installed, where the user brought it to a cluster of ours. */
  readonly subject?: Subject
  /** StorageClass that suites use. */
  readonly storageClass: string
  /** When volumes of that class are bound; absent in a record that was written before it was read. */
  readonly bindingMode?: BindingMode
  /** VolumeSnapshotClass that suites use. */
  readonly snapshotClass: string
  /** Further faithful StorageClasses, by what they are for; absent where the cluster has none. */
  readonly storageClasses: Readonly<Partial<Record<StorageClassPurpose, string>>>
  /** VolumeGroupSnapshotClass that suites use; empty where the cluster has none. */
  readonly groupSnapshotClass: string
  /** VolumeAttributesClasses between which a volume can be changed. */
  readonly volumeAttributesClasses: readonly string[]
  /** What a class that a suite makes has in common with those above; absent where the name of the driver is enough. */
  readonly classTemplate?: ClassTemplate
  /** StorageClass that breaks one rule, by name of the mutant. */
  readonly faultyStorageClasses: Readonly<Record<string, string>>
  /** VolumeSnapshotClass that breaks one rule, by name of the mutant. */
  readonly faultySnapshotClasses: Readonly<Record<string, string>>
  /** VolumeGroupSnapshotClass that breaks one rule, by name of the mutant. */
  readonly faultyGroupSnapshotClasses: Readonly<Record<string, string>>
  readonly images: readonly ImageRecord[]
  /** Images of applications that suites run; absent where the cluster has none. */
  readonly applicationImages?: Readonly<Partial<Record<ApplicationImage, string>>>
  readonly velero?: VeleroRecord
  readonly objectStore?: ObjectStoreRecord
  /** The store behind the BackupStorageLocation that goes down in the middle of a backup. */
  readonly failingObjectStore?: ObjectStoreRecord
  /** Why the cluster lacks a feature that its profile otherwise has. */
  readonly lacking?: Readonly<Partial<Record<Feature, string>>>
  /** Image that suites run in Pods: a shell, coreutils, Node 24 and `/opt/holdfast/workload.mjs`. */
  readonly workloadImage: string
  /** Nodes that suites may cordon, taint and drain, on a cluster that is not ours; all of them when absent. */
  readonly disruptiveNodes?: readonly string[]
  /** What the user of this run wants of every Pod; nothing when absent. */
  readonly workload?: WorkloadSettings
  /** Sizes and times of its driver, and why it counts as having its features; absent where the profile says all that. */
  readonly platform?: Platform
  /** Path of the kubectl that suites run on this machine, or its name where it is on the `PATH`; absent where there is none. */
  readonly kubectl?: string
  /** The audit log of its API server; absent where it keeps none that can be read. */
  readonly auditLog?: AuditLogRecord
  /** Host directory with one JSON-lines call log per driver process, or null when the driver keeps none. */
  readonly callLogDirectory: string | null
}

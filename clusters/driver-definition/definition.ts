import type { KubernetesObject } from '@kubernetes/client-node'
import type { AccessMode, Capability, TimeoutName } from './keys.ts'

/** Where the tests of a driver get a class from. */
export type ClassSource =
  /** A class with nothing but the name of the driver, made for the run. */
  | { readonly from: 'name'; readonly key: string }
  /** A class of the cluster, used as it is. */
  | { readonly from: 'existing'; readonly key: string; readonly name: string }
  /** The class in a file, made for the run under a name of its own. */
  | { readonly from: 'file'; readonly key: string; readonly path: string; readonly manifest: ClassManifest }

/** A class as a file holds it. */
export type ClassManifest = KubernetesObject & Readonly<Record<string, unknown>>

/** Kinds of classes that a definition may name. */
export type ClassKind = 'StorageClass' | 'VolumeSnapshotClass' | 'VolumeGroupSnapshotClass' | 'VolumeAttributesClass'

/** A volume that lives and dies with its Pod, made by the driver from attributes of the Pod. */
export interface InlineVolume {
  readonly attributes: Readonly<Record<string, string>>
  /** Whether several Pods get the same volume. */
  readonly shared: boolean
  readonly readOnly: boolean
}

/** A size as it was written, and in bytes. */
export interface Size {
  readonly text: string
  readonly bytes: number
}

/** How much the stress tests of Kubernetes make of this driver at a time; those of Holdfast do not read it. */
export interface StressOptions {
  readonly pods: number
  readonly restarts?: number
  readonly snapshots?: number
}

/** What a file says of a CSI driver, with the defaults of Kubernetes where it says nothing. */
export interface DriverDefinition {
  /** Path of the file. */
  readonly file: string
  /** Name of the driver, as in `CSIDriver` and in a class. */
  readonly driver: string
  readonly storageClass: ClassSource | undefined
  readonly snapshotClass: ClassSource | undefined
  readonly groupSnapshotClass: ClassSource | undefined
  readonly volumeAttributesClass: ClassSource | undefined
  /** Every capability of which the file says something, and those that follow from another. */
  readonly capabilities: Readonly<Partial<Record<Capability, boolean>>>
  readonly sizes: { readonly min: Size; readonly max?: Size; readonly step?: Size }
  /** The largest file in bytes; undefined where the file does not say. */
  readonly maxFileSize: number | undefined
  /** Types of file systems; an empty name is the default one of the driver. */
  readonly fileSystems: readonly string[]
  readonly mountOptions: { readonly supported: readonly string[]; readonly required: readonly string[] }
  /** Access modes without which nothing is provisioned. */
  readonly requiredAccessModes: readonly AccessMode[]
  readonly topologyKeys: readonly string[]
  /** How many topologies a volume needs to be allowed in. */
  readonly allowedTopologies: number
  readonly inlineVolumes: readonly InlineVolume[]
  readonly clientNodeName: string | undefined
  readonly nodeSelectors: Readonly<Record<string, string>>
  /** Times in seconds that the file allows, as far as it names them. */
  readonly timeouts: Readonly<Partial<Record<TimeoutName, number>>>
  readonly stress: Readonly<Partial<Record<'pods' | 'snapshots' | 'modifications' | 'groupSnapshots', StressOptions>>>
  /** Keys that the file holds and Kubernetes does not read any more. */
  readonly retired: readonly string[]
}

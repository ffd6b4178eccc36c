import { randomBytes } from 'node:crypto'
import type { KubernetesObject, V1StorageClass } from '@kubernetes/client-node'
import type { ClassKind, ClassManifest, ClassSource, DriverDefinition } from './definition.ts'

/** Classes that were named on the command line. */
export interface NamedClasses {
  readonly storageClass?: string | undefined
  readonly snapshotClass?: string | undefined
}

/** A definition with the classes of the command line in place of its own. Whoever names a VolumeSnapshotClass wants snapshots. */
export function withNamedClasses(definition: DriverDefinition, { storageClass, snapshotClass }: NamedClasses): DriverDefinition {
  const named = (key: string, name: string): ClassSource => ({ from: 'existing', key, name })
  return {
    ...definition,
    ...(storageClass !== undefined && { storageClass: named('--storage-class', storageClass) }),
    ...(snapshotClass !== undefined && {
      snapshotClass: named('--snapshot-class', snapshotClass),
      capabilities: { ...definition.capabilities, snapshotDataSource: true },
    }),
  }
}

/** A name that no class has yet. */
export function newClassName(): string {
  return `hf-class-${randomBytes(8).toString('hex')}`
}

/** Names of the classes that suites use, as the record of the cluster has them; empty where there is none. */
export interface ClassNames {
  readonly storageClass: string
  readonly snapshotClass: string
  readonly groupSnapshotClass: string
}

/** The classes that are to be made for a run under these names: those that do not exist yet. */
export function classesToMake(definition: DriverDefinition, names: ClassNames): readonly KubernetesObject[] {
  const { snapshotClass, groupSnapshotClass } = definition
  return [
    ...(isMade(definition.storageClass) && names.storageClass !== '' ? [storageClassToMake(definition, names.storageClass)] : []),
    ...(isMade(snapshotClass) && names.snapshotClass !== '' ? [snapshotClassToMake(definition, snapshotClass, names.snapshotClass)] : []),
    ...(isMade(groupSnapshotClass) && names.groupSnapshotClass !== ''
      ? [copyClass({ definition, source: groupSnapshotClass, name: names.groupSnapshotClass, ...groupSnapshots })]
      : []),
  ]
}

/** Kinds of classes that may be made for a run. */
export type MadeKind = Exclude<ClassKind, 'VolumeAttributesClass'>

/** Kinds of the classes that are to be made. */
export function kindsToMake({ storageClass, snapshotClass, groupSnapshotClass, capabilities }: DriverDefinition): readonly MadeKind[] {
  return [
    ...(isMade(storageClass) ? (['StorageClass'] as const) : []),
    ...(isMade(snapshotClass) && capabilities.snapshotDataSource === true ? (['VolumeSnapshotClass'] as const) : []),
    ...(isMade(groupSnapshotClass) && capabilities.groupSnapshot === true ? (['VolumeGroupSnapshotClass'] as const) : []),
  ]
}

/** A definition whose classes all exist, and those among them that have to be made for that. */
export interface DefinitionWithClasses {
  readonly definition: DriverDefinition
  readonly classes: readonly KubernetesObject[]
}

/** Gives each class that a definition wants to be made a name, for a cluster on which they are made once and stay. */
export function withMadeClasses(definition: DriverDefinition): DefinitionWithClasses {
  const kinds = kindsToMake(definition)
  const nameFor = (kind: MadeKind) => (kinds.includes(kind) ? newClassName() : '')
  const names: ClassNames = {
    storageClass: nameFor('StorageClass'),
    snapshotClass: nameFor('VolumeSnapshotClass'),
    groupSnapshotClass: nameFor('VolumeGroupSnapshotClass'),
  }
  const existing = (source: ClassSource | undefined, name: string): ClassSource | undefined =>
    source === undefined || name === '' ? source : { from: 'existing', key: source.key, name }
  return {
    classes: classesToMake(definition, names),
    definition: {
      ...definition,
      storageClass: existing(definition.storageClass, names.storageClass),
      snapshotClass: existing(definition.snapshotClass, names.snapshotClass),
      groupSnapshotClass: existing(definition.groupSnapshotClass, names.groupSnapshotClass),
    },
  }
}

type MadeSource = Exclude<ClassSource, { readonly from: 'existing' }>

/** Whether a class does not exist before the run. */
export function isMade(source: ClassSource | undefined): source is MadeSource {
  return source !== undefined && source.from !== 'existing'
}

const snapshots = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass' }
const groupSnapshots = { apiVersion: 'groupsnapshot.storage.k8s.io/v1', kind: 'VolumeGroupSnapshotClass' }

/**
 * The StorageClass that a definition asks for, under a name of ours. Like Kubernetes' tests it is never a default class, and lets volumes
 * grow exactly if the driver can.
 */
export function storageClassToMake(definition: DriverDefinition, name: string): V1StorageClass {
  const { driver, storageClass, mountOptions, capabilities } = definition
  const allowVolumeExpansion = capabilities.controllerExpansion === true
  const header = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }
  if (storageClass?.from !== 'file') {
    const options = mountOptions.required.length === 0 ? {} : { mountOptions: [...mountOptions.required] }
    return { ...header, metadata: { name }, provisioner: driver, volumeBindingMode: 'Immediate', allowVolumeExpansion, ...options }
  }
  const { manifest } = storageClass
  const { metadata: _, ...fields } = manifest as unknown as V1StorageClass
  return { ...fields, ...header, metadata: { name, ...ownMetadata(manifest) }, allowVolumeExpansion }
}

/** Marks of the cluster rather than of the class: those that make it a default one, and what kubectl applied. */
const leftBehind = /is-default-class$|^kubectl\.kubernetes\.io\//

function ownMetadata({ metadata }: ClassManifest): {
  readonly labels?: Record<string, string>
  readonly annotations?: Record<string, string>
} {
  const kept = Object.entries(metadata?.annotations ?? {}).filter(([name]) => !leftBehind.test(name))
  return {
    ...(metadata?.labels !== undefined && { labels: metadata.labels }),
    ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
  }
}

/** The VolumeSnapshotClass that a definition asks for, under a name of ours. */
export function snapshotClassToMake(definition: DriverDefinition, source: MadeSource, name: string): MadeSnapshotClass {
  return copyClass({ definition, source, name, ...snapshots })
}

/** A class of snapshots to be made. */
export type MadeSnapshotClass = KubernetesObject & { readonly driver: string; readonly parameters?: Readonly<Record<string, string>> }

/** Like Kubernetes' tests it takes the parameters of a file, and deletes what was deleted. */
function copyClass(of: {
  readonly definition: DriverDefinition
  readonly source: MadeSource
  readonly name: string
  readonly apiVersion: string
  readonly kind: string
}): MadeSnapshotClass {
  const { definition, source, name, apiVersion, kind } = of
  // Texts by name, as it was read.
  const parameters = (source.from === 'file' ? source.manifest['parameters'] : undefined) as
    | Readonly<Record<string, string>>
    | null
    | undefined
  const fields = { driver: definition.driver, deletionPolicy: 'Delete', ...(parameters != null && { parameters }) }
  return { apiVersion, kind, metadata: { name }, ...fields }
}

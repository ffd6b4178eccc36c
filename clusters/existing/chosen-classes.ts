import type { KubernetesObject, V1CSINode, V1StorageClass } from '@kubernetes/client-node'
import type { ClassTemplate } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import type { ClassSource, DriverDefinition } from '../driver-definition/definition.ts'
import {
  isMade,
  type NamedClasses,
  newClassName,
  snapshotClassToMake,
  storageClassToMake,
  withNamedClasses,
} from '../driver-definition/made-classes.ts'
import { SetupError } from '../setup-error.ts'
import { type FoundSnapshotClass, snapshotClassOf, storageClassOf } from './classes.ts'
import { type FoundGroupClass, foundClass, groupClasses, groupClassOf, groupsNotServed } from './group-classes.ts'
import { listIfServed } from './served-kinds.ts'

/** The classes that suites use: those that were named, and those that the definition of the driver asks for. */
export interface ChosenClasses {
  /** As it is in the cluster, or as it will be. */
  readonly storageClass: V1StorageClass
  readonly snapshotClass: FoundSnapshotClass
  readonly groupSnapshotClass: FoundGroupClass
  /** Names of the VolumeAttributesClasses of the driver; looked for only where its definition names one. */
  readonly volumeAttributesClasses: readonly string[]
  /** The definition with the named classes in place of its own. */
  readonly definition: DriverDefinition | undefined
}

/**
 * Chooses the classes. Those that the definition wants to be made get names here, and are made later. Throws a `SetupError` for a class
 * that is missing or of another driver.
 */
export async function chosenClasses(
  api: ClusterApi,
  options: NamedClasses & { readonly driver?: DriverDefinition | undefined },
): Promise<ChosenClasses> {
  if (options.driver !== undefined) return ofDefinition(api, withNamedClasses(options.driver, options))
  const storageClass = await storageClassOf(api, options.storageClass)
  const snapshotClass = await snapshotClassOf(api, { name: options.snapshotClass, driver: storageClass.provisioner })
  const groupSnapshotClass = await groupClassOf(api, {
    driver: storageClass.provisioner,
    snapshotClass: 'name' in snapshotClass ? snapshotClass.name : undefined,
  })
  return { storageClass, snapshotClass, groupSnapshotClass, volumeAttributesClasses: [], definition: undefined }
}

/** What classes that suites make of the driver have in common with the chosen ones; undefined when that is nothing. */
export function templateOf({ storageClass, snapshotClass }: ChosenClasses): ClassTemplate | undefined {
  const { parameters, mountOptions, allowedTopologies } = storageClass
  const snapshotParameters = 'name' in snapshotClass ? snapshotClass.parameters : undefined
  const template = {
    ...(parameters != null && { parameters }),
    ...(mountOptions != null && { mountOptions }),
    ...(allowedTopologies != null && { allowedTopologies }),
    ...(snapshotParameters != null && { snapshotParameters }),
  }
  return Object.keys(template).length === 0 ? undefined : template
}

async function ofDefinition(api: ClusterApi, written: DriverDefinition): Promise<ChosenClasses> {
  const { snapshotClass, groupSnapshotClass, volumeAttributesClass, capabilities, driver } = written
  const storageClass = await storageClassFor(api, written)
  const ofCluster: ClassSource = { from: 'existing', key: 'the default StorageClass', name: storageClass.metadata?.name ?? '' }
  const definition = { ...written, storageClass: written.storageClass ?? ofCluster }
  const snapshots = capabilities.snapshotDataSource === true ? snapshotClass : undefined
  const groups = capabilities.groupSnapshot === true ? groupSnapshotClass : undefined
  return {
    definition,
    storageClass,
    snapshotClass: await snapshotClassFor(api, snapshots, written),
    groupSnapshotClass: await groupSnapshotClassFor(api, groups, driver),
    volumeAttributesClasses: volumeAttributesClass === undefined ? [] : await attributesClassesOf(api, driver),
  }
}

async function storageClassFor(api: ClusterApi, definition: DriverDefinition): Promise<V1StorageClass> {
  const { storageClass: source, driver, file } = definition
  if (isMade(source)) {
    await requireDriver(api, definition)
    return storageClassToMake(definition, newClassName())
  }
  const found = await storageClassOf(api, source?.name)
  if (found.provisioner === driver) return found
  const name = found.metadata?.name ?? ''
  const which = source === undefined ? `The default StorageClass ${name}` : `StorageClass ${name} of ${source.key}`
  throw new SetupError(`${which} belongs to driver ${found.provisioner}, but ${file} is about driver ${driver}.`, {
    fix: `Name a StorageClass of driver ${driver}: below StorageClass of that file, or with --storage-class.`,
  })
}

/** A class of a driver that is nowhere would make PVCs that stay Pending. */
async function requireDriver(api: ClusterApi, { driver, file }: DriverDefinition): Promise<void> {
  const nodes = await listIfServed<V1CSINode>(api, 'storage.k8s.io/v1', 'CSINode')
  // Not every user may see them; the first claim shows it then.
  if (nodes === undefined) return
  const drivers = [...new Set(nodes.flatMap(({ spec }) => (spec.drivers ?? []).map(({ name }) => name)))]
  if (drivers.includes(driver)) return
  throw new SetupError(`No node of the cluster has the CSI driver ${driver} of ${file}.`, {
    fix: `Install it, or correct DriverInfo.Name${drivers.length === 0 ? '' : ` (the nodes have ${drivers.toSorted().join(', ')})`}.`,
  })
}

async function snapshotClassFor(
  api: ClusterApi,
  source: ClassSource | undefined,
  definition: DriverDefinition,
): Promise<FoundSnapshotClass> {
  if (source === undefined) return { why: 'the definition of the driver asks for no VolumeSnapshotClass' }
  if (!isMade(source)) return snapshotClassOf(api, { name: source.name, driver: definition.driver })
  if ((await listIfServed(api, 'snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass')) !== undefined) {
    const { metadata, parameters } = snapshotClassToMake(definition, source, newClassName())
    return { name: metadata?.name ?? '', isNamed: true, ...(parameters && { parameters }) }
  }
  throw new SetupError(`The cluster does not serve the VolumeSnapshotClass API, and ${source.key} asks for a class.`, {
    fix: 'Install the CustomResourceDefinitions of the snapshot API and the snapshot controller, or leave SnapshotClass out of the definition.',
  })
}

/** Snapshots of groups are an option of the snapshot API: without it the driver has none here. */
async function groupSnapshotClassFor(api: ClusterApi, source: ClassSource | undefined, driver: string): Promise<FoundGroupClass> {
  if (source === undefined) return { why: 'the definition of the driver asks for no VolumeGroupSnapshotClass' }
  const classes = await groupClasses(api)
  if (classes === 'not served') return { why: groupsNotServed }
  if (isMade(source)) return { name: newClassName(), retains: false, isMadeLater: true }
  // Not every user may see them: the first snapshot of a group shows whether the definition names the right one.
  if (classes === 'forbidden') return { name: source.name, retains: false }
  const found = classes.find(({ metadata }) => metadata?.name === source.name)
  if (found?.driver === driver) return foundClass(found)
  const what = found === undefined ? 'does not exist' : `belongs to driver ${found.driver ?? ''}`
  throw new SetupError(`VolumeGroupSnapshotClass ${source.name} of ${source.key} ${what}.`, {
    fix: `Name one of driver ${driver} in the definition, or leave GroupSnapshotClass out.`,
  })
}

async function attributesClassesOf(api: ClusterApi, driver: string): Promise<readonly string[]> {
  const classes = await listIfServed<KubernetesObject & { readonly driverName?: string }>(api, 'storage.k8s.io/v1', 'VolumeAttributesClass')
  return (classes ?? []).filter(({ driverName }) => driverName === driver).map(({ metadata }) => metadata?.name ?? '')
}

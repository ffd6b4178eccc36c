import { ApiException, type KubernetesObject, type V1StorageClass } from '@kubernetes/client-node'
import type { BindingMode } from '../../contract/cluster-record.ts'
import type { ClusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { statusMessage } from './status-message.ts'

/** The VolumeSnapshotClass that suites use, or why they use none. */
export type FoundSnapshotClass =
  | {
      readonly name: string
      /** Whether whoever started the run named it, and did not leave it to be found. */
      readonly isNamed: boolean
      readonly parameters?: SnapshotClass['parameters']
    }
  | { readonly why: string }

/** A VolumeSnapshotClass, as far as it is read. */
export interface SnapshotClass extends KubernetesObject {
  readonly driver?: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** Whether claims without a class get this one. */
export function isDefaultClass({ metadata }: V1StorageClass): boolean {
  return metadata?.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
}

const namesAtMost = 8

function namesOf(objects: readonly KubernetesObject[]): string {
  const names = objects.map(({ metadata }) => metadata?.name ?? '')
  const more = names.length - namesAtMost
  return names.slice(0, namesAtMost).join(', ') + (more > 0 ? ` or one of ${more} others` : '')
}

/**
 * The StorageClass of that name, or the default one. Of several default ones the newest counts, as for the API server. Throws a
 * `SetupError` when there is none.
 */
export async function storageClassOf(api: ClusterApi, name: string | undefined): Promise<V1StorageClass> {
  const { items } = await api.objects.list<V1StorageClass>('storage.k8s.io/v1', 'StorageClass')
  if (items.length === 0)
    throw new SetupError('The cluster has no StorageClass.', { fix: 'Install a CSI driver and create a StorageClass for it first.' })
  const newestFirst = items.toSorted((a, b) => createdAt(b) - createdAt(a))
  const found = newestFirst.find((each) => (name === undefined ? isDefaultClass(each) : each.metadata?.name === name))
  if (found !== undefined) return found
  throw new SetupError(`The cluster has no ${name === undefined ? 'default StorageClass' : `StorageClass ${name}`}.`, {
    fix: `Choose one with --storage-class: ${namesOf(items)}.`,
  })
}

function createdAt({ metadata }: V1StorageClass): number {
  return metadata?.creationTimestamp === undefined ? 0 : new Date(metadata.creationTimestamp).getTime()
}

/** When a StorageClass says that it binds volumes. The API server fills the field in; `Immediate` is its default. */
export function bindingModeOf({ volumeBindingMode }: V1StorageClass): BindingMode {
  return volumeBindingMode === 'WaitForFirstConsumer' ? 'WaitForFirstConsumer' : 'Immediate'
}

/** The VolumeSnapshotClass of that name. Throws a `SetupError` unless it is there and of the driver that provisions the volumes. */
export async function requireSnapshotClass(
  api: ClusterApi,
  { name, driver }: { readonly name: string; readonly driver: string },
): Promise<SnapshotClass> {
  const classes = await snapshotClasses(api)
  const ofDriver = classes.filter((each) => each.driver === driver)
  const fix =
    ofDriver.length === 0
      ? `Leave --snapshot-class out: driver ${driver} has no VolumeSnapshotClass.`
      : `Choose one of driver ${driver} with --snapshot-class: ${namesOf(ofDriver)}.`
  const found = classes.find(({ metadata }) => metadata?.name === name)
  if (found === undefined) throw new SetupError(`The cluster has no VolumeSnapshotClass ${name}.`, { fix })
  if (found.driver === driver) return found
  throw new SetupError(
    `VolumeSnapshotClass ${name} belongs to driver ${found.driver ?? ''}, but the StorageClass belongs to driver ${driver}.`,
    { fix },
  )
}

/**
 * The VolumeSnapshotClass of that name, or the only one of the driver, or the one of the driver that is marked as default. Throws a
 * `SetupError` when the one that was named is not there or of another driver.
 */
export async function snapshotClassOf(
  api: ClusterApi,
  { name, driver }: { readonly name: string | undefined; readonly driver: string },
): Promise<FoundSnapshotClass> {
  if (name !== undefined) {
    const { parameters } = await requireSnapshotClass(api, { name, driver })
    return { name, isNamed: true, ...(parameters && { parameters }) }
  }
  try {
    const ofDriver = (await snapshotClasses(api)).filter((each) => each.driver === driver)
    const found = ofDriver.find(isDefaultSnapshotClass) ?? (ofDriver.length === 1 ? ofDriver[0] : undefined)
    if (found?.metadata?.name !== undefined)
      return { name: found.metadata.name, isNamed: false, ...(found.parameters && { parameters: found.parameters }) }
    if (ofDriver.length === 0) return { why: `driver ${driver} has no VolumeSnapshotClass` }
    return { why: `driver ${driver} has several VolumeSnapshotClasses; choose one with --snapshot-class: ${namesOf(ofDriver)}` }
  } catch (error) {
    if (error instanceof SetupError) return { why: 'the cluster does not serve the VolumeSnapshotClass API' }
    if (error instanceof ApiException && error.code === 403) return { why: `VolumeSnapshotClasses cannot be read: ${statusMessage(error)}` }
    throw error
  }
}

/** Whether snapshots without a class get this one. */
export function isDefaultSnapshotClass({ metadata }: SnapshotClass): boolean {
  return metadata?.annotations?.['snapshot.storage.kubernetes.io/is-default-class'] === 'true'
}

async function snapshotClasses(api: ClusterApi): Promise<readonly SnapshotClass[]> {
  try {
    return (await api.objects.list<SnapshotClass>('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass')).items
  } catch (error) {
    if (!(error instanceof ApiException) || error.code !== 404) throw error
    throw new SetupError('The cluster does not serve the VolumeSnapshotClass API.', {
      fix: 'Install the CustomResourceDefinitions of the snapshot API and the snapshot controller, or leave --snapshot-class out.',
    })
  }
}

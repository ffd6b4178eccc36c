import { ApiException, type KubernetesObject, type V1StorageClass } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'

/** A VolumeSnapshotClass, as far as it is read. */
export interface SnapshotClass extends KubernetesObject {
  readonly driver?: string
  readonly parameters?: Readonly<Record<string, string>>
}

function isDefault({ metadata }: V1StorageClass): boolean {
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
  const found = newestFirst.find((each) => (name === undefined ? isDefault(each) : each.metadata?.name === name))
  if (found !== undefined) return found
  throw new SetupError(`The cluster has no ${name === undefined ? 'default StorageClass' : `StorageClass ${name}`}.`, {
    fix: `Choose one with --storage-class: ${namesOf(items)}.`,
  })
}

function createdAt({ metadata }: V1StorageClass): number {
  return metadata?.creationTimestamp === undefined ? 0 : new Date(metadata.creationTimestamp).getTime()
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

import type { KubernetesObject, V1CSIDriver, V1StorageClass } from '@kubernetes/client-node'
import type { BindingMode } from '../../contract/cluster-record.ts'
import { bindingModeOf, isDefaultClass, isDefaultSnapshotClass, type SnapshotClass } from './classes.ts'
import { type ClusterPlace, openCluster } from './open-cluster.ts'
import { listWhereSeen } from './served-kinds.ts'
import { SetupError } from '../setup-error.ts'
import { within } from './within.ts'

/** A StorageClass or a VolumeSnapshotClass, as far as one is chosen by it. */
export interface SeenClass {
  readonly name: string
  readonly driver: string
  readonly isDefault: boolean
}

/** A StorageClass of a cluster. */
export interface SeenStorageClass extends SeenClass {
  readonly bindingMode: BindingMode
  readonly allowsExpansion: boolean
}

/** What a cluster has for storage. Of what is absent nothing is known: the user may not list it, or the cluster does not serve it. */
export interface SeenStorage {
  readonly context: string
  /** Version of the API server, such as `v1.36.3`. */
  readonly version: string
  readonly storageClasses?: readonly SeenStorageClass[]
  readonly snapshotClasses?: readonly SeenClass[]
  /** Names of the CSI drivers. */
  readonly drivers?: readonly string[]
}

const seconds = 10

/** Looks at the classes and CSI drivers of a cluster, and changes nothing. Throws a `SetupError` when it cannot be asked. */
export async function seeStorage(place: ClusterPlace): Promise<SeenStorage> {
  const { api, context, version } = await openCluster(place, seconds)
  const listed = async <Listed extends KubernetesObject>(apiVersion: string, kind: string): Promise<readonly Listed[] | undefined> => {
    const late = new SetupError(`The API server of context ${context} did not list ${kind} objects within ${seconds} s.`)
    const found = await within(listWhereSeen<Listed>(api, { apiVersion, kind }), { seconds, otherwise: late })
    return typeof found === 'string' ? undefined : found
  }
  const classes = await listed<V1StorageClass>('storage.k8s.io/v1', 'StorageClass')
  const snapshotClasses = await listed<SnapshotClass>('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass')
  const drivers = await listed<V1CSIDriver>('storage.k8s.io/v1', 'CSIDriver')
  return {
    ...{ context, version },
    ...(classes && { storageClasses: classes.map(storageClassOf) }),
    ...(snapshotClasses && { snapshotClasses: snapshotClasses.map(snapshotClassOf) }),
    ...(drivers && { drivers: drivers.map(nameOf) }),
  }
}

const nameOf = ({ metadata }: KubernetesObject) => metadata?.name ?? ''

function storageClassOf(each: V1StorageClass): SeenStorageClass {
  const { provisioner, allowVolumeExpansion: allowsExpansion = false } = each
  return { name: nameOf(each), driver: provisioner, isDefault: isDefaultClass(each), bindingMode: bindingModeOf(each), allowsExpansion }
}

function snapshotClassOf(each: SnapshotClass): SeenClass {
  return { name: nameOf(each), driver: each.driver ?? '', isDefault: isDefaultSnapshotClass(each) }
}

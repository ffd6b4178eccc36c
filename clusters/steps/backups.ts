import type { ClusterApi } from '../api.ts'
import type { ClusterOwner } from '../machine/cluster-owner.ts'
import { clusterDirectory } from '../directories.ts'
import { applicationNames, recordedAs } from '../images/application-images.ts'
import type { ImageSet } from '../images/ensure-images.ts'
import { startObjectStore, type StartedObjectStore } from '../object-store.ts'
import { faultyLocations } from '../mutants/locations.ts'
import { features as defaultFeatures } from '../profiles/default-profile.ts'
import { features, location, veleroNamespace } from '../profiles/velero-profile.ts'
import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import { installVelero, veleroReady } from './velero.ts'

/** The object stores beside a cluster. */
export interface ObjectStores {
  readonly main: StartedObjectStore
  /** The store that a mutant kills; only the cluster that runs the suites has one. */
  readonly failing?: StartedObjectStore
}

/** Starts the object stores of a cluster, with their data in its directory. */
export async function startObjectStores(
  { cluster, owner }: { readonly cluster: string; readonly owner: ClusterOwner },
  { references }: ImageSet,
): Promise<Required<ObjectStores>> {
  const image = references['versitygw'] ?? ''
  const start = async (name: string) => startObjectStore({ cluster, owner, name, image, directory: clusterDirectory(cluster, name) })
  const [main, failing] = await Promise.all([start('object-store'), start('failing-object-store')])
  return { main, failing }
}

/** What is added to a cluster of the default profile, once its storage is installed. */
export async function installBackups(
  api: ClusterApi,
  options: { readonly name: string; readonly images: ImageSet; readonly stores: ObjectStores },
): Promise<void> {
  const { name, images, stores } = options
  await installVelero(api, {
    kubeconfig: clusterDirectory(name, 'kubeconfig'),
    images: images.references,
    store: stores.main,
    ...(stores.failing && { failingStore: stores.failing }),
    prefix: name,
  })
}

/** Waits until backups can be made. */
export async function backupsReady(
  api: ClusterApi,
  options: { readonly stores: ObjectStores; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { stores, signal } = options
  await veleroReady(api, { locations: [location, ...(stores.failing === undefined ? [] : [faultyLocations['store-goes-down']])], signal })
}

/** A cluster's record with what the profile `velero` adds to it. */
export function withBackups(record: ClusterRecord, options: { readonly images: ImageSet; readonly stores: ObjectStores }): ClusterRecord {
  const { images, stores } = options
  const { references } = images
  const notPulled = 'Its image comes from a public registry and could not be pulled when the cluster was created'
  const pulled: readonly Feature[] = [
    ...(references['mongodb'] === undefined ? [] : (['MongoDB'] as const)),
    ...(isPublic(references['postgres']) && isPublic(references['postgres-next']) ? (['OfficialPostgresImage'] as const) : []),
  ]
  const missing = (['MongoDB', 'OfficialPostgresImage'] as const).filter((feature) => !pulled.includes(feature))
  const own = features.filter((feature) => !defaultFeatures.includes(feature))
  return {
    ...record,
    profile: 'velero',
    versions: {
      ...record.versions,
      ...given('velero', images.versions['velero']),
      ...given('velero-plugin-for-aws', images.versions['velero-plugin-for-aws']),
      ...given('versitygw', images.versions['versitygw']),
      ...given('postgres', images.versions['postgres']),
      ...given('postgres-next', images.versions['postgres-next']),
    },
    features: [...record.features, ...own, ...pulled],
    applicationImages: {
      etcd: `registry.k8s.io/etcd:${images.kubernetes.etcd}`,
      ...Object.fromEntries(applicationNames.flatMap((name) => Object.entries(given(recordedAs[name], references[name])))),
    },
    velero: { namespace: veleroNamespace, location, faultyLocations: stores.failing === undefined ? {} : faultyLocations },
    objectStore: { ...stores.main.record, prefix: record.name },
    ...(stores.failing && { failingObjectStore: stores.failing.record }),
    lacking: { ...record.lacking, ...Object.fromEntries(missing.map((feature) => [feature, notPulled])) },
  }
}

/** Not one of ours, which are built in place of the public ones where no registry has them. */
function isPublic(reference: string | undefined): boolean {
  return reference !== undefined && !reference.startsWith('holdfast.local/')
}

function given<Name extends string>(name: Name, reference: string | undefined): Partial<Record<Name, string>> {
  return (reference === undefined ? {} : { [name]: reference }) as Partial<Record<Name, string>>
}

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterRecord, ObjectStoreRecord } from '../../../../contract/cluster-record.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'
import type { Measure } from '../../../engine/measurement.ts'

/** What of a guarantee is in the bucket, in bytes. */
export interface Stored {
  /** Definitions of objects, logs and results: all that a Backup keeps but the data of volumes. */
  readonly metadataBytes: number
  /** The repository of the volumes of the guarantee's namespace. */
  readonly volumeDataBytes: number
  readonly objects: number
}

/** The object store behind the BackupStorageLocation that suites use, where it is beside the cluster. */
export function storeInUse({ velero, objectStore, failingObjectStore }: ClusterRecord): ObjectStoreRecord | undefined {
  return velero !== undefined && velero.location === velero.faultyLocations['store-goes-down'] ? failingObjectStore : objectStore
}

/** Folders of a bucket that Velero divides by name of the Backup or Restore, and the one that it divides by namespace. */
const byName = ['backups', 'restores'] as const
const byNamespace = 'kopia'

/** Where the objects of a bucket are files of this machine. */
export type StoreDirectory = Pick<ObjectStoreRecord, 'directory' | 'prefix'>

function rootOf({ directory, prefix = '' }: StoreDirectory): string {
  return join(directory, prefix)
}

/** Directories that hold what the store keeps of a guarantee, by the namespace with which its names begin. */
export function storedPaths(store: StoreDirectory, namespace: string): readonly string[] {
  const directory = rootOf(store)
  return [...byName, byNamespace].flatMap((folder) =>
    namesIn(join(directory, folder))
      .filter((name) => name === namespace || name.startsWith(`${namespace}-`))
      .map((name) => join(directory, folder, name)),
  )
}

/** File with the errors and warnings of a Backup or Restore, compressed. */
export function resultsFile(store: StoreDirectory, { kind, name }: { readonly kind: 'Backup' | 'Restore'; readonly name: string }): string {
  const path = kind === 'Backup' ? ['backups', name, `${name}-results.gz`] : ['restores', name, `restore-${name}-results.gz`]
  return join(rootOf(store), ...path)
}

/** Measures what the store keeps of a guarantee. */
export function storedOf(store: StoreDirectory, namespace: string): Stored {
  const sizes = storedPaths(store, namespace).flatMap((path) => filesBelow(path).map((file) => ({ file, bytes: statSync(file).size })))
  const volumeData = sizes.filter(({ file }) => file.startsWith(join(rootOf(store), byNamespace)))
  const sum = (some: typeof sizes) => some.reduce((total, { bytes }) => total + bytes, 0)
  return { metadataBytes: sum(sizes) - sum(volumeData), volumeDataBytes: sum(volumeData), objects: sizes.length }
}

/** What is needed of the fixtures to look into the object store. */
export interface StoreFixtures {
  readonly cluster: ClusterRecord
  readonly namespace: { readonly name: string }
  readonly measure: Measure
}

/** Measures what the object store keeps of a guarantee at this moment, and keeps it in the history. */
export function measureStored({ cluster, namespace, measure }: StoreFixtures, label: string): Stored {
  const store = storeInUse(cluster)
  if (store === undefined || cluster.velero === undefined)
    throw new Inconclusive().withDetails({ reason: { summary: 'The cluster has no object store whose files can be read.' } })
  const value = storedOf(store, namespace.name)
  measure('stored', label, {
    subject: { kind: 'BackupStorageLocation', name: cluster.velero.location, namespace: cluster.velero.namespace },
    value,
  })
  return value
}

/** Every file below a directory. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}

import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { field } from '../../../engine/object.ts'
import { storedOf } from '../store/stored.ts'

/** A Backup whose data Velero did not remove. */
export interface KeptData {
  readonly backup: string
  /** What Velero said, or that it said nothing. */
  readonly why: string
  /** The BackupStorageLocation that it is in; undefined where that is gone. */
  readonly location: ObservedObject | undefined
  /** VolumeSnapshotContents of it that were still there. */
  readonly contents: readonly string[]
}

/**
 * Says what Velero did not remove, why, and what is left of it: in the object store, looked at now, where its files are on this machine,
 * and in this cluster.
 */
export function describeKeptData(
  { backup, why, location, contents }: KeptData,
  { cluster, namespace }: { readonly cluster: ClusterRecord; readonly namespace: string },
): string {
  const snapshots = contents.length === 0 ? '' : ` In this cluster there was still VolumeSnapshotContent ${contents.join(', ')}.`
  return `Velero did not remove the data of Backup ${backup}: ${why}. ${leftIn(location, { cluster, namespace })}${snapshots}`
}

function leftIn(
  location: ObservedObject | undefined,
  { cluster, namespace }: { readonly cluster: ClusterRecord; readonly namespace: string },
): string {
  if (location === undefined) return 'What is left of it is unknown: its BackupStorageLocation is gone.'
  const text = (...path: readonly string[]) => {
    const value = field(location, 'spec', ...path)
    return typeof value === 'string' ? value : ''
  }
  const [bucket, prefix, endpoint] = [text('objectStorage', 'bucket'), text('objectStorage', 'prefix'), text('config', 's3Url')]
  const place = `bucket ${bucket}${prefix === '' ? '' : ` below ${prefix}`}`
  const store = [cluster.objectStore, cluster.failingObjectStore].find((one) => one?.bucket === bucket && one.endpoint === endpoint)
  if (store === undefined) return `Whether it is still in ${place} cannot be seen from here.`
  const { objects, metadataBytes, volumeDataBytes } = storedOf({ directory: store.directory, prefix }, namespace)
  if (objects === 0) return `Nothing of this guarantee is left in ${place}.`
  return `In ${place}, ${objects} files of this guarantee are left: ${metadataBytes} B of Backups and Restores, ${volumeDataBytes} B of volumes.`
}

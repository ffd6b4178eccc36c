import type { ObjectRef } from '../history/history-entry.ts'

/** An object as it is sent: all that is needed of it is to know which it is. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
}

/** Names an object of the namespace: a manifest, or kind and name for the kinds that suites use. */
export type Reference = Manifest | (ObjectRef & { readonly apiVersion?: string })

const apiVersions: Readonly<Record<string, string>> = {
  Namespace: 'v1',
  Pod: 'v1',
  PersistentVolumeClaim: 'v1',
  PersistentVolume: 'v1',
  ConfigMap: 'v1',
  Service: 'v1',
  Secret: 'v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  VolumeSnapshot: 'snapshot.storage.k8s.io/v1',
  VolumeSnapshotContent: 'snapshot.storage.k8s.io/v1',
  VolumeGroupSnapshot: 'groupsnapshot.storage.k8s.io/v1',
  VolumeAttachment: 'storage.k8s.io/v1',
  StorageClass: 'storage.k8s.io/v1',
  Backup: 'velero.io/v1',
  Restore: 'velero.io/v1',
  Schedule: 'velero.io/v1',
  DeleteBackupRequest: 'velero.io/v1',
  BackupStorageLocation: 'velero.io/v1',
}

/** What a reference names. Throws for a kind whose API version is not known. */
export function named(reference: Reference): { readonly apiVersion: string; readonly kind: string; readonly name: string } {
  const { kind } = reference
  const name = 'metadata' in reference ? reference.metadata.name : reference.name
  const apiVersion = reference.apiVersion ?? apiVersions[kind]
  if (apiVersion === undefined) throw new TypeError(`The API version of kind ${kind} is unknown: set apiVersion.`)
  return { apiVersion, kind, name }
}

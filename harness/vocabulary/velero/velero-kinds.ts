import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { isMadeBy } from '../../engine/kubernetes/cluster-scoped.ts'

/** Kinds of Velero that come and go with a guarantee, each with its API version and plural. */
export const veleroKinds = {
  Schedule: { apiVersion: 'velero.io/v1', plural: 'schedules', namespaced: true },
  Backup: { apiVersion: 'velero.io/v1', plural: 'backups', namespaced: true },
  Restore: { apiVersion: 'velero.io/v1', plural: 'restores', namespaced: true },
  DeleteBackupRequest: { apiVersion: 'velero.io/v1', plural: 'deletebackuprequests', namespaced: true },
  PodVolumeBackup: { apiVersion: 'velero.io/v1', plural: 'podvolumebackups', namespaced: true },
  PodVolumeRestore: { apiVersion: 'velero.io/v1', plural: 'podvolumerestores', namespaced: true },
  DataUpload: { apiVersion: 'velero.io/v2alpha1', plural: 'datauploads', namespaced: true },
  DataDownload: { apiVersion: 'velero.io/v2alpha1', plural: 'datadownloads', namespaced: true },
  BackupRepository: { apiVersion: 'velero.io/v1', plural: 'backuprepositories', namespaced: true },
  BackupStorageLocation: { apiVersion: 'velero.io/v1', plural: 'backupstoragelocations', namespaced: true },
} as const

/** Whether an object of Velero exists because of the guarantee of a namespace: Velero names what it makes after what it was asked for. */
export function isVeleroObjectOf(namespace: string, object: ObservedObject): boolean {
  return isMadeBy(namespace, object) || object.metadata.name.startsWith(`${namespace}-`)
}

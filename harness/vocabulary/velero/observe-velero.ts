import type { VeleroRecord } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { type Observer, together } from '../../engine/watch/observer.ts'
import { isMadeBy } from '../../engine/kubernetes/cluster-scoped.ts'
import type { ObservedKind } from '../../engine/fixtures/observe.ts'

/** Watches on Velero's objects that exist because of one guarantee, all in the namespace of Velero. */
export interface ObserveVelero {
  /** Backups, and what carries the data of their volumes: PodVolumeBackups and DataUploads. */
  backups(): Promise<Observer>
  /** Restores, and what carries the data of their volumes: PodVolumeRestores and DataDownloads. */
  restores(): Promise<Observer>
  schedules(): Promise<Observer>
  deleteBackupRequests(): Promise<Observer>
  /** The BackupStorageLocation that suites use, and those that the guarantee made. */
  backupStorageLocations(): Promise<Observer>
}

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

/** Velero of a cluster. Throws `Inconclusive` where there is none, which a guarantee that requires `Velero` never meets. */
export function mustHaveVelero(velero: VeleroRecord | undefined): VeleroRecord {
  if (velero !== undefined) return velero
  throw new Inconclusive().withDetails({ reason: { summary: 'The cluster has no Velero: the guarantee has to require it.' } })
}

/** Opens watches on the objects of Velero of one guarantee. */
export function observeVelero(options: {
  readonly kind: (observed: ObservedKind) => Promise<Observer>
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly velero: VeleroRecord | undefined
}): ObserveVelero {
  const { kind, namespace, velero } = options
  const own = async (name: keyof typeof veleroKinds) =>
    kind({
      ...veleroKinds[name],
      kind: name,
      namespace: mustHaveVelero(velero).namespace,
      matches: (object) => isVeleroObjectOf(namespace, object),
    })
  /** PersistentVolumeClaims by which the data of snapshots is carried: the CSI driver knows its volumes by them. */
  const carried = async () =>
    kind({
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true },
      namespace: mustHaveVelero(velero).namespace,
      namespaceSuffix: 'velero',
      matches: (object) => isVeleroObjectOf(namespace, object),
    })
  const called = (what: string, observer: Observer): Observer => ({ ...observer, subject: `${what} of ${namespace}` })
  return {
    backups: async () =>
      called('Backups', together(await own('Backup'), await own('PodVolumeBackup'), await own('DataUpload'), await carried())),
    restores: async () =>
      called('Restores', together(await own('Restore'), await own('PodVolumeRestore'), await own('DataDownload'), await carried())),
    schedules: async () => own('Schedule'),
    deleteBackupRequests: async () => own('DeleteBackupRequest'),
    async backupStorageLocations() {
      const { namespace: ofVelero, location } = mustHaveVelero(velero)
      return kind({
        ...veleroKinds.BackupStorageLocation,
        kind: 'BackupStorageLocation',
        namespace: ofVelero,
        matches: (object) => object.metadata.name === location || isVeleroObjectOf(namespace, object),
      })
    },
  }
}

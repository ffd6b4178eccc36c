import type { VeleroRecord } from '../../../../contract/cluster-record.ts'
import { type Observer, together } from '../../../engine/watch/observer.ts'
import type { ObservedKind } from '../../../engine/fixtures/observe.ts'
import { mustHaveVelero } from '../must-have-velero.ts'
import { isVeleroObjectOf, veleroKinds } from '../velero-kinds.ts'

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

/** Lines of a suite that open the watch of a kind; other kinds are opened with `observe.kind`. */
const lines: Readonly<Record<string, string>> = {
  Backup: 'backups',
  BackupStorageLocation: 'backupStorageLocations',
  ConfigMap: 'configMaps',
  CSINode: 'csiNodes',
  CronJob: 'cronJobs',
  CustomResourceDefinition: 'snapshotDefinitions',
  DataDownload: 'restores',
  DataUpload: 'backups',
  DeleteBackupRequest: 'deleteBackupRequests',
  Event: 'podEvents',
  Job: 'jobs',
  Namespace: 'namespaces',
  Node: 'nodes',
  PersistentVolume: 'pvs',
  PersistentVolumeClaim: 'pvcs',
  Pod: 'pods',
  PodVolumeBackup: 'backups',
  PodVolumeRestore: 'restores',
  Restore: 'restores',
  Schedule: 'schedules',
  Service: 'services',
  StatefulSet: 'statefulSets',
  StorageClass: 'storageClasses',
  VolumeAttachment: 'volumeAttachments',
  VolumeGroupSnapshot: 'volumeGroupSnapshots',
  VolumeSnapshot: 'volumeSnapshots',
  VolumeSnapshotContent: 'volumeSnapshotContents',
}

/** Name of the function of `observe` that opens the watch of a kind. */
export function observerOf(kind: string): string {
  return lines[kind] ?? 'kind'
}

/** The line of a suite that opens the watch of a kind. */
export function observeLine(kind: string): string {
  const name = observerOf(kind)
  return name === 'kind' ? `await observe.kind({ kind: '${kind}', … })` : `await observe.${name}()`
}

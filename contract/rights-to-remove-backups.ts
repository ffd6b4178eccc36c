import { type RightsRule, ruleOf } from './rights.ts'

/**
 * What the clean-up of a guarantee of Velero may take, and that of a run that was killed. Runs do not show all of it: where Velero does its
 * part, it removes a Backup and what belongs to it before the clean-up gets there, and nothing is cancelled.
 */
export const rightsToRemoveBackups: readonly RightsRule[] = [
  'cluster volumesnapshotcontents.snapshot.storage.k8s.io: list watch',
  'namespace/velero backuprepositories.velero.io: delete list',
  'namespace/velero backups.velero.io: delete list patch watch',
  'namespace/velero backupstoragelocations.velero.io: list watch',
  'namespace/velero datadownloads.velero.io: delete list patch',
  'namespace/velero datauploads.velero.io: delete list patch',
  'namespace/velero deletebackuprequests.velero.io: create delete list watch',
  'namespace/velero podvolumebackups.velero.io: delete list patch',
  'namespace/velero podvolumerestores.velero.io: delete list patch',
  'namespace/velero restores.velero.io: delete list patch watch',
  'namespace/velero schedules.velero.io: delete list',
].map(ruleOf)

import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { Inconclusive } from '../../../engine/judge/errors.ts'

/** Whose backups a BackupStorageLocation shows, and what may be done with them. */
export interface BackupStorageLocationOptions {
  /** The cluster whose Velero wrote them. */
  readonly of: Pick<ClusterRecord, 'objectStore'>
  readonly accessMode?: 'ReadWrite' | 'ReadOnly'
  /** Bucket in the same store, in place of that of the cluster. */
  readonly bucket?: string
  /** Path within the bucket, in place of that of the cluster. */
  readonly prefix?: string
}

/**
 * Builds a BackupStorageLocation on the object store of a cluster, with the credentials that Velero was given. See
 * https://velero.io/docs/main/api-types/backupstoragelocation/
 */
export function backupStorageLocation(name: string, { of, accessMode = 'ReadWrite', ...given }: BackupStorageLocationOptions) {
  const { objectStore } = of
  if (objectStore === undefined) throw new Inconclusive().withDetails({ reason: { summary: 'The cluster has no object store.' } })
  const { bucket, region, endpoint, prefix = objectStore.prefix } = { ...objectStore, ...given }
  return {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: { name },
    spec: {
      provider: 'velero.io/aws',
      accessMode,
      objectStorage: { bucket, ...(prefix !== undefined && { prefix }) },
      config: { region, s3ForcePathStyle: 'true', s3Url: endpoint },
      validationFrequency: '5s',
      backupSyncPeriod: '5s',
    },
  } as const
}

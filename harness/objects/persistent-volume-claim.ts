import type { V1PersistentVolumeClaim } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../clusters/record.ts'

/** What a PersistentVolumeClaim of ours asks for. */
export interface PvcOptions {
  readonly cluster: Pick<ClusterRecord, 'storageClass'>
  readonly size: string
  /** VolumeSnapshot of the same namespace to restore from. */
  readonly fromSnapshot?: string
}

/** Builds a ReadWriteOnce PersistentVolumeClaim of the cluster's StorageClass. */
export function pvc(name: string, { cluster, size, fromSnapshot }: PvcOptions) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: cluster.storageClass,
      resources: { requests: { storage: size } },
      ...(fromSnapshot !== undefined && {
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: fromSnapshot },
      }),
    },
  } satisfies V1PersistentVolumeClaim
}

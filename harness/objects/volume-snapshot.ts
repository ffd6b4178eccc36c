import type { ClusterRecord } from '../../clusters/record.ts'

/** What a VolumeSnapshot of ours is taken of. */
export interface VolumeSnapshotOptions {
  readonly cluster: Pick<ClusterRecord, 'snapshotClass'>
  /** PersistentVolumeClaim to take the snapshot of. */
  readonly of: string
}

/** Builds a VolumeSnapshot of a PersistentVolumeClaim of the same namespace. */
export function volumeSnapshot(name: string, { cluster, of }: VolumeSnapshotOptions) {
  return {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: { name },
    spec: { volumeSnapshotClassName: cluster.snapshotClass, source: { persistentVolumeClaimName: of } },
  } as const
}

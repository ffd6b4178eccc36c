import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** What a VolumeSnapshot of ours is taken of. */
export interface VolumeSnapshotOptions {
  readonly cluster: Pick<ClusterRecord, 'snapshotClass'>
  /** PersistentVolumeClaim to take the snapshot of. */
  readonly of: string
  /** VolumeSnapshotClass in place of the one that this run uses. */
  readonly snapshotClass?: string | undefined
}

/** Builds a VolumeSnapshot of a PersistentVolumeClaim of the same namespace. */
export function volumeSnapshot(name: string, { of, ...options }: VolumeSnapshotOptions) {
  return volumeSnapshotOf(name, { ...options, source: { persistentVolumeClaimName: of } })
}

/** What a VolumeSnapshot names as its source, right or wrong. */
export interface SnapshotSource {
  readonly persistentVolumeClaimName?: string
  readonly volumeSnapshotContentName?: string
}

/** Builds a VolumeSnapshot of whatever source. */
export function volumeSnapshotOf(name: string, options: Omit<VolumeSnapshotOptions, 'of'> & { readonly source: SnapshotSource }) {
  const { cluster, source, snapshotClass = cluster.snapshotClass } = options
  return {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshot',
    metadata: { name },
    spec: { volumeSnapshotClassName: snapshotClass, source },
  } as const
}

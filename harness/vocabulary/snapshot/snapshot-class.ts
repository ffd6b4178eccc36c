import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** Which driver a VolumeSnapshotClass is for, and what becomes of a snapshot whose VolumeSnapshot is deleted. */
export interface SnapshotClassOptions {
  readonly cluster: Pick<ClusterRecord, 'driver'>
  readonly deletionPolicy?: 'Delete' | 'Retain'
}

/** Builds a VolumeSnapshotClass of the driver of a cluster. */
export function snapshotClass(name: string, { cluster: { driver }, deletionPolicy = 'Delete' }: SnapshotClassOptions) {
  return { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name }, driver, deletionPolicy } as const
}

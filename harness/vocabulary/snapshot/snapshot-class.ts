import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** Which driver a VolumeSnapshotClass is for, and what becomes of a snapshot whose VolumeSnapshot is deleted. */
export interface SnapshotClassOptions {
  readonly cluster: Pick<ClusterRecord, 'driver' | 'classTemplate'>
  readonly deletionPolicy?: 'Delete' | 'Retain'
}

/** Builds a VolumeSnapshotClass of the driver of a cluster, with the parameters of the one that was named for it. */
export function snapshotClass(name: string, { cluster: { driver, classTemplate }, deletionPolicy = 'Delete' }: SnapshotClassOptions) {
  const parameters = classTemplate?.snapshotParameters
  return {
    ...({ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name }, driver, deletionPolicy } as const),
    ...(parameters !== undefined && { parameters: { ...parameters } }),
  }
}

/**
 * Name of a VolumeSnapshotClass of a guarantee, the last of all in order. Velero gives each VolumeSnapshotContent that it restores the
 * first class of its driver, whosever it is, and a content whose class goes away at that moment stays without a snapshot.
 */
export function snapshotClassName(namespace: string, name: string): string {
  return `zz-${namespace}-${name}`
}

/**
 * Builds a VolumeSnapshotClass of our CSI driver that copies a volume in two parts, seconds apart, while it is written. Needs the feature
 * `DriverFaults`.
 */
export function tornSnapshotClass(name: string, { cluster }: Pick<SnapshotClassOptions, 'cluster'>) {
  const { parameters, ...own } = { parameters: {}, ...snapshotClass(name, { cluster }) }
  return { ...own, parameters: { ...parameters, fault: 'snapshot-torn', faultSeconds: '2' } }
}

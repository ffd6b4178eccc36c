import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { storageClass } from './storage-class.ts'

const zoneKey = 'topology.kubernetes.io/zone'

/** Builds a StorageClass of the cluster's CSI driver whose volumes are made in one zone only. It says nothing of when they are made. */
export function zoneClass(
  name: string,
  { cluster, zone }: { readonly cluster: Pick<ClusterRecord, 'driver' | 'classTemplate'>; readonly zone: string },
) {
  return { ...storageClass(name, { cluster }), allowedTopologies: [{ matchLabelExpressions: [{ key: zoneKey, values: [zone] }] }] }
}

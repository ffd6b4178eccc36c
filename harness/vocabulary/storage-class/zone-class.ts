import { type ClusterOfClass, storageClass } from './storage-class.ts'

const zoneKey = 'topology.kubernetes.io/zone'

/** Builds a StorageClass of the cluster's CSI driver whose volumes are made in one zone only. */
export function zoneClass(name: string, { cluster, zone }: { readonly cluster: ClusterOfClass; readonly zone: string }) {
  return { ...storageClass(name, { cluster }), allowedTopologies: [{ matchLabelExpressions: [{ key: zoneKey, values: [zone] }] }] }
}

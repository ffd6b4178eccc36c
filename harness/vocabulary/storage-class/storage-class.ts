import type { V1StorageClass } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** What a class has of the cluster that it is for. */
export type ClusterOfClass = Pick<ClusterRecord, 'driver' | 'classTemplate'> & Partial<Pick<ClusterRecord, 'bindingMode'>>

/** What a StorageClass of ours says; everything not asked for is left to the API server's defaults. */
export interface StorageClassOptions {
  readonly cluster: ClusterOfClass
  /** Provisioner in place of the cluster's CSI driver; what the class of that driver has is left out then. */
  readonly provisioner?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly reclaimPolicy?: 'Retain' | 'Delete'
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer'
  readonly allowVolumeExpansion?: boolean
  readonly mountOptions?: readonly string[]
  /** Marks the class as one that PVCs without a class get. */
  readonly isDefault?: boolean
}

/** What marks a StorageClass as one that PVCs without a class get. */
export const defaultMark = { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } } as const

/** What takes that mark from a StorageClass. */
export const notDefault = { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': null } } } as const

/**
 * Builds a StorageClass of the cluster's driver: the tested one's parameters, mount options and topologies, and its waiting for the first
 * consumer, with what is asked for on top.
 */
export function storageClass(
  name: string,
  { cluster, provisioner, parameters, mountOptions, isDefault = false, ...rest }: StorageClassOptions,
) {
  const template = provisioner === undefined ? cluster.classTemplate : undefined
  const allParameters = { ...template?.parameters, ...parameters }
  const allMountOptions = [...new Set([...(template?.mountOptions ?? []), ...(mountOptions ?? [])])]
  const topologies = template?.allowedTopologies?.map(({ matchLabelExpressions = [] }) => ({
    matchLabelExpressions: matchLabelExpressions.map(({ key, values }) => ({ key, values: [...values] })),
  }))
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, ...(isDefault && defaultMark.metadata) },
    provisioner: provisioner ?? cluster.driver,
    ...(Object.keys(allParameters).length > 0 && { parameters: allParameters }),
    ...(allMountOptions.length > 0 && { mountOptions: allMountOptions }),
    ...(topologies !== undefined && { allowedTopologies: topologies }),
    ...(provisioner === undefined && cluster.bindingMode === 'WaitForFirstConsumer' && { volumeBindingMode: cluster.bindingMode }),
    ...rest,
  } satisfies V1StorageClass
}

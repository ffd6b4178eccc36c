import type { V1StorageClass } from '@kubernetes/client-node'

/** What a StorageClass of ours says; everything not asked for is left to the API server's defaults. */
export interface StorageClassOptions {
  readonly cluster: { readonly driver: string }
  /** Provisioner in place of the cluster's CSI driver. */
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

/** Builds a StorageClass of the cluster's CSI driver. */
export function storageClass(
  name: string,
  { cluster, provisioner, parameters, mountOptions, isDefault = false, ...rest }: StorageClassOptions,
) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, ...(isDefault && defaultMark.metadata) },
    provisioner: provisioner ?? cluster.driver,
    ...(parameters && { parameters: { ...parameters } }),
    ...(mountOptions && { mountOptions: [...mountOptions] }),
    ...rest,
  } satisfies V1StorageClass
}

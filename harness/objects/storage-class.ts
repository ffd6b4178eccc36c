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
}

/** Builds a StorageClass of the cluster's CSI driver. */
export function storageClass(name: string, { cluster, provisioner, parameters, mountOptions, ...rest }: StorageClassOptions) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: provisioner ?? cluster.driver,
    ...(parameters && { parameters: { ...parameters } }),
    ...(mountOptions && { mountOptions: [...mountOptions] }),
    ...rest,
  } satisfies V1StorageClass
}

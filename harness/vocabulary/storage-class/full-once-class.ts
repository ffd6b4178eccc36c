import { type ClusterOfClass, storageClass } from './storage-class.ts'

/**
 * Builds a StorageClass of our CSI driver that waits for the first Pod of a PVC, and then says once that it has no room for the volume on
 * the node of that Pod. Needs the feature `DriverFaults`.
 */
export function fullOnceClass(name: string, { cluster }: { readonly cluster: ClusterOfClass }) {
  const parameters = { fault: 'creation-fails', faultTimes: '1', faultCode: 'RESOURCE_EXHAUSTED' }
  return storageClass(name, { cluster, parameters, volumeBindingMode: 'WaitForFirstConsumer' })
}

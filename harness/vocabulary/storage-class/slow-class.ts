import { type ClusterOfClass, storageClass } from './storage-class.ts'

/** Long enough for whoever called to be killed meanwhile on a busy machine, and for a Pod to start with four such calls before it. */
const seconds = 6

/**
 * Builds a StorageClass of our CSI driver with whose volumes every call takes some seconds: whoever waits for the answer can be killed
 * meanwhile. Needs the feature `DriverFaults`.
 */
export function slowClass(name: string, { cluster }: { readonly cluster: ClusterOfClass }) {
  return storageClass(name, { cluster, parameters: { fault: 'slow-calls', faultSeconds: String(seconds) }, allowVolumeExpansion: true })
}

import { type ClusterOfClass, storageClass } from './storage-class.ts'

/** Long enough for whoever called to be killed meanwhile on a busy machine, and for a Pod to start with four such calls before it. */
const usual = 6

/**
 * Seconds in which a kubelet is restarted, has reported the state of its node, and what follows from that has begun. Less than the 60 s
 * after which the sidecars give a call up and make it again.
 */
export const longerThanKubeletRestart = 12

/**
 * Builds a StorageClass of our CSI driver with whose volumes every call takes some seconds, six unless told otherwise: whoever waits for
 * the answer can be killed meanwhile. Needs the feature `DriverFaults`.
 */
export function slowClass(name: string, { cluster, seconds = usual }: { readonly cluster: ClusterOfClass; readonly seconds?: number }) {
  return storageClass(name, { cluster, parameters: { fault: 'slow-calls', faultSeconds: String(seconds) }, allowVolumeExpansion: true })
}

import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node'

/** PersistentVolumeClaims by the directory in which a Pod of ours mounts them. */
export type Mounts = Readonly<Record<string, string>>

/** The volumes of a Pod, each called like its PersistentVolumeClaim. */
export function volumesOf(mounts: Mounts): V1Volume[] {
  return Object.values(mounts).map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }))
}

/** Where a container mounts them. */
export function volumeMountsOf(mounts: Mounts): V1VolumeMount[] {
  return Object.entries(mounts).map(([mountPath, name]) => ({ name, mountPath }))
}

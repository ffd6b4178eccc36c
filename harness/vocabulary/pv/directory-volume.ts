import type { V1PersistentVolume } from '@kubernetes/client-node'

/** What a PersistentVolume made by hand says of itself. */
export interface DirectoryVolumeOptions {
  readonly storageClass: string
  readonly size: string
  readonly accessMode?: 'ReadWriteOnce' | 'ReadOnlyMany'
  readonly volumeMode?: 'Filesystem' | 'Block'
  readonly labels?: Readonly<Record<string, string>>
  /** The only PVC that may have it. */
  readonly reservedFor?: { readonly namespace: string; readonly name: string }
  /** Reclaim policy; left to the API server when absent. */
  readonly reclaimPolicy?: 'Retain' | 'Delete'
}

/** Where the directories are on a node: in memory, so that they are gone with the node. */
const below = '/run/holdfast'

/**
 * Builds a PersistentVolume by hand, as an administrator does: a directory of whatever node its Pod runs on, made when it is first mounted.
 */
export function directoryVolume(name: string, options: DirectoryVolumeOptions) {
  return buildPv(name, options, { hostPath: { path: `${below}/${name}`, type: 'DirectoryOrCreate' } })
}

/** Builds a PersistentVolume by hand for a directory that one node has; without a node it says nothing of where it is. */
export function localVolume(
  name: string,
  { node, path, ...options }: DirectoryVolumeOptions & { readonly node?: string; readonly path: string },
) {
  // The scheduler looks at labels alone here: a term that names the node by its field is none to it.
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: node === undefined ? [] : [node] }]
  const affinity = node === undefined ? {} : { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } }
  return buildPv(name, options, { local: { path }, ...affinity })
}

/** Builds a PersistentVolume by hand for a volume of another CSI driver, which no program of the cluster need know. */
export function foreignVolume(name: string, { driver, ...options }: DirectoryVolumeOptions & { readonly driver: string }) {
  return buildPv(name, options, { csi: { driver, volumeHandle: name } })
}

function buildPv(name: string, options: DirectoryVolumeOptions, source: Partial<V1PersistentVolume['spec']>) {
  const { storageClass, size, accessMode = 'ReadWriteOnce', volumeMode, labels, reservedFor, reclaimPolicy } = options
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...(labels && { labels: { ...labels } }) },
    spec: {
      storageClassName: storageClass,
      capacity: { storage: size },
      accessModes: [accessMode],
      ...(volumeMode !== undefined && { volumeMode }),
      ...(reservedFor && { claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...reservedFor } }),
      ...(reclaimPolicy !== undefined && { persistentVolumeReclaimPolicy: reclaimPolicy }),
      ...source,
    },
  } satisfies V1PersistentVolume
}

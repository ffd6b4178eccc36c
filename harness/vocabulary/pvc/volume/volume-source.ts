import type { ObservedObject } from '../../../engine/history/history-entry.ts'
import { field } from '../../../engine/object.ts'

/** Fields of a PersistentVolume of which one says where its volume is. */
const sources = [
  ...['csi', 'hostPath', 'local', 'nfs', 'iscsi', 'fc', 'rbd', 'cephfs', 'cinder', 'flexVolume', 'glusterfs', 'vsphereVolume'],
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'gcePersistentDisk', 'portworxVolume', 'quobyte', 'scaleIO', 'storageos'],
] as const

/** Where the volume of a PersistentVolume is, as its spec has it: the source, and the nodes that can use it. Empty for one without any. */
export function volumeSourceOf(pv: ObservedObject | undefined): Readonly<Record<string, unknown>> {
  const kept = [...sources, 'nodeAffinity'].map((name) => [name, field(pv, 'spec', name)] as const)
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined))
}

/**
 * What tells the volume of a PersistentVolume from any other: the handle that its CSI driver knows it by, and where no CSI driver serves
 * it, its source and nodes. Undefined for one without a source.
 */
export function volumeHandleOf(pv: ObservedObject | undefined): string | undefined {
  const handle = field(pv, 'spec', 'csi', 'volumeHandle')
  if (typeof handle === 'string') return handle
  const source = volumeSourceOf(pv)
  return sources.some((name) => name in source) ? JSON.stringify(source) : undefined
}

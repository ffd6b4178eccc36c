import type { V1CSIDriver } from '@kubernetes/client-node'
import type { ObservedObject } from '../../engine/history/history-entry.ts'

/** What a cluster is told of a CSI driver, and the namespace with which that is forgotten. */
export interface CsiDriverOptions {
  readonly attachRequired: boolean
  /** As it is stored: the garbage collector removes the CSIDriver once it is gone. */
  readonly namespace: ObservedObject
}

/** Builds a CSIDriver: what a cluster is told of a CSI driver, be it there or not. */
export function csiDriver(name: string, { attachRequired, namespace }: CsiDriverOptions) {
  const owner = { apiVersion: 'v1', kind: 'Namespace', name: namespace.metadata.name, uid: namespace.metadata.uid }
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: { name, ownerReferences: [owner] },
    spec: { attachRequired },
  } satisfies V1CSIDriver
}

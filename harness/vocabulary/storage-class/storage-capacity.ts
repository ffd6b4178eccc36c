import type { V1CSIStorageCapacity } from '@kubernetes/client-node'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { latest } from '../../engine/object.ts'

const hostName = 'kubernetes.io/hostname'

/**
 * Value of the label `kubernetes.io/hostname` of a node, which need not be its name. Throws `Inconclusive` when the node was not seen with
 * one.
 */
export function hostNameOf(history: readonly HistoryEntry[], node: string): string {
  const name = latest(history, 'Node', node)?.metadata.labels?.[hostName]
  if (name !== undefined) return name
  throw new Inconclusive().withDetails({ reason: { summary: `Node ${node} was not seen with a label ${hostName}.` } })
}

/** Builds a CSIStorageCapacity: the node with that host name has room for a volume of a StorageClass of that size. */
export function roomOn(host: string, { storageClass, size }: { readonly storageClass: string; readonly size: string }) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    metadata: { name: 'room' },
    storageClassName: storageClass,
    nodeTopology: { matchLabels: { [hostName]: host } },
    capacity: size,
    maximumVolumeSize: size,
  } satisfies V1CSIStorageCapacity
}

import type { NodeRecord, Segments } from './storage/data-directory.ts'

/** Topology keys of the driver: every node has the first, nodes in a zone both. */
export const nodeKey = 'topology.csi-hostpath.holdfast.dev/node'
export const zoneKey = 'topology.kubernetes.io/zone'

/** Topology segments of a node. */
export function segmentsOf(node: Pick<NodeRecord, 'id' | 'zone'>): Segments {
  return node.zone === '' ? { [nodeKey]: node.id } : { [nodeKey]: node.id, [zoneKey]: node.zone }
}

/** Whether a place lies within a wider one: it has all its keys with the same values. */
export function isWithin(place: Segments, wider: Segments): boolean {
  return Object.entries(wider).every(([key, value]) => place[key] === value)
}

/** Whether a volume that is reachable in these places is reachable on a node. */
export function isReachable(topology: readonly Segments[], node: Pick<NodeRecord, 'id' | 'zone'>): boolean {
  return topology.length === 0 || topology.some((term) => isWithin(segmentsOf(node), term))
}

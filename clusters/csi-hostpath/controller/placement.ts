import { Failure } from '../failure.ts'
import type { Topology, TopologyRequirement } from '../messages.ts'
import type { NodeRecord, Placement, Segments } from '../storage/data-directory.ts'
import { isWithin, nodeKey, segmentsOf, zoneKey } from '../topology.ts'

function isKnownTerm(term: Segments): boolean {
  return Object.keys(term).length > 0 && Object.keys(term).every((key) => key === nodeKey || key === zoneKey)
}

/** Places that a request allows, the preferred ones first; empty when it says nothing. */
function allowedBy(requirement: TopologyRequirement | null): readonly Segments[] {
  const terms = (list: readonly Topology[]) => list.map((topology) => topology.segments)
  const preferred = terms(requirement?.preferred ?? [])
  const requisite = terms(requirement?.requisite ?? [])
  const inRequisite = preferred.filter((term) => requisite.length === 0 || requisite.some((each) => isWithin(term, each)))
  return [...inRequisite, ...requisite]
}

/**
 * Where a volume will be reachable: everywhere (an empty list) for a movable one that nothing restricts, else on the nodes or in the
 * zones that the request prefers. Throws RESOURCE_EXHAUSTED when no node of the driver lies in what is allowed.
 */
export function choosePlace(
  placement: Placement,
  { requirement, nodes }: { readonly requirement: TopologyRequirement | null; readonly nodes: readonly NodeRecord[] },
): readonly Segments[] {
  const allowed = allowedBy(requirement)
  const unknown = allowed.find((term) => !isKnownTerm(term))
  if (unknown !== undefined)
    throw new Failure('RESOURCE_EXHAUSTED', `No node has the topology ${JSON.stringify(unknown)}: the keys are ${nodeKey} and ${zoneKey}.`)
  const within = (node: NodeRecord) => allowed.findIndex((term) => isWithin(segmentsOf(node), term))
  const candidates = nodes.filter((node) => allowed.length === 0 || within(node) >= 0)
  const [best] = candidates.toSorted((one, other) => within(one) - within(other))
  if (placement === 'movable') {
    if (candidates.length === nodes.length) return []
    if (best !== undefined) return narrow(candidates, nodes)
  }
  if (best === undefined) throw new Failure('RESOURCE_EXHAUSTED', `No node is in the allowed topology ${JSON.stringify(allowed)}.`)
  if (placement === 'zone-local') {
    if (best.zone === '') throw new Failure('RESOURCE_EXHAUSTED', `Node ${best.id} is in no zone: use placement node-local.`)
    return [{ [zoneKey]: best.zone }]
  }
  return [{ [nodeKey]: best.id }]
}

/** The nodes that a movable volume may use: by zone where they are all the nodes of their zones, else one by one. */
function narrow(candidates: readonly NodeRecord[], nodes: readonly NodeRecord[]): readonly Segments[] {
  const zones = [...new Set(candidates.map(({ zone }) => zone))]
  const isWhole = (zone: string) => zone !== '' && nodes.every((node) => node.zone !== zone || candidates.includes(node))
  return zones.every(isWhole) ? zones.map((zone) => ({ [zoneKey]: zone })) : candidates.map(({ id }) => ({ [nodeKey]: id }))
}

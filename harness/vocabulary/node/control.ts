import type { ClusterRecord, Feature } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'

/** Throws `Inconclusive` on a cluster that is not ours to break, unless its user allowed it. */
export function mustControl(
  { name, features }: ClusterRecord,
  feature: Extract<Feature, 'NodeScheduling' | 'NodeControl' | 'ComponentControl'>,
): void {
  if (features.includes(feature)) return
  throw new Inconclusive().withDetails({
    reason: { summary: `Cluster ${name} lacks ${feature}: its nodes and components are left alone.` },
  })
}

/** Throws `Inconclusive` for a node that the user of a cluster did not name among those that may be disrupted. */
export function mustBeNamed({ name, disruptiveNodes }: Pick<ClusterRecord, 'name' | 'disruptiveNodes'>, node: string): void {
  if (disruptiveNodes === undefined || disruptiveNodes.includes(node)) return
  throw new Inconclusive().withDetails({
    reason: { summary: `Node ${node} of cluster ${name} is left alone: --disruptive-nodes names ${disruptiveNodes.join(', ')}.` },
  })
}

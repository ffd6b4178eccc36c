import type { ClusterRecord } from '../../clusters/record.ts'
import { Inconclusive } from '../errors.ts'

/** Names of two nodes that run Pods. Throws `Inconclusive` on a cluster that has fewer. */
export function twoWorkers({ name, nodes }: Pick<ClusterRecord, 'name' | 'nodes'>): readonly [string, string] {
  const [one, other] = nodes.filter(({ role }) => role === 'worker')
  if (one !== undefined && other !== undefined) return [one.name, other.name]
  throw new Inconclusive().tell({ reason: { summary: `Cluster ${name} has fewer than two worker nodes.` } })
}

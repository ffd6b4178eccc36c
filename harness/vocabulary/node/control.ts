import type { ClusterRecord, Feature } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'

/** Throws `Inconclusive` on a cluster that is not ours to break: no suite acts on nodes or components of one that Holdfast did not make. */
export function mustControl({ name, features }: ClusterRecord, feature: Extract<Feature, 'NodeControl' | 'ComponentControl'>): void {
  if (features.includes(feature)) return
  throw new Inconclusive().withDetails({
    reason: { summary: `Cluster ${name} lacks ${feature}: its nodes and components are left alone.` },
  })
}

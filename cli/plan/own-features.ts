import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import { isOwnFeature } from '../../contract/feature.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

/** A feature of one's own, whether the cluster has it, and how that is known. */
interface FoundOwnFeature {
  readonly feature: Feature
  readonly offered: boolean
  readonly how: string
}

/** The features of one's own that guarantees need: a cluster has those that were declared, and lacks all others. */
export function ownFeatures(
  guarantees: readonly Pick<Guarantee, 'requires'>[],
  declared: readonly Feature[] = [],
): readonly FoundOwnFeature[] {
  const needed = [...new Set([...guarantees.flatMap(({ requires }) => requires), ...declared].filter(isOwnFeature))]
  return needed.map((feature) =>
    declared.includes(feature)
      ? { feature, offered: true, how: '--declare says so' }
      : { feature, offered: false, how: `a feature of your own that nobody declared: add --declare ${feature}` },
  )
}

/** The record of a cluster with the features of one's own that guarantees need. */
export function withOwnFeatures<Known extends Pick<ClusterRecord, 'features' | 'lacking'>>(
  record: Known,
  guarantees: readonly Pick<Guarantee, 'requires'>[],
  declared: readonly Feature[] = [],
): Known {
  const found = ownFeatures(guarantees, declared)
  if (found.length === 0) return record
  const [offered, lacking] = [found.filter((one) => one.offered), found.filter((one) => !one.offered)]
  return {
    ...record,
    features: [...record.features, ...offered.map(({ feature }) => feature)],
    lacking: { ...record.lacking, ...Object.fromEntries(lacking.map(({ feature, how }) => [feature, how])) },
  }
}

import type { ClusterRecord, Feature } from '../../contract/cluster-record.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'

/** A feature that a cluster lacks, and why. */
export interface Lacking {
  readonly feature: Feature
  readonly why: string
}

/** A guarantee on a cluster: it runs if the cluster lacks nothing, else it is `NotSupported`. */
export interface PlannedGuarantee {
  readonly guarantee: Guarantee
  readonly lacking: readonly Lacking[]
}

/** Which guarantees would run on a cluster with these features, and which would be `NotSupported` for which reasons. */
export function plannedGuarantees(
  guarantees: readonly Guarantee[],
  { features, lacking = {} }: Pick<ClusterRecord, 'features' | 'lacking'>,
): readonly PlannedGuarantee[] {
  return guarantees.map((guarantee) => ({
    guarantee,
    lacking: guarantee.requires
      .filter((feature) => !features.includes(feature))
      .map((feature) => ({ feature, why: lacking[feature] ?? 'nothing shows that it is there' })),
  }))
}

/** The plan in a few lines: how many run, and for want of what the others do not. */
export function describePlan(planned: readonly PlannedGuarantee[]): readonly string[] {
  const left = planned.filter(({ lacking }) => lacking.length > 0)
  const runs = planned.length - left.length
  const whyOf = new Map(left.flatMap(({ lacking }) => lacking).map(({ feature, why }) => [feature, why]))
  const wanting = [...whyOf].map(([feature, why]) => {
    const count = left.filter(({ lacking }) => lacking.some((each) => each.feature === feature)).length
    return { feature, why, count }
  })
  return [
    `${runs} of ${planned.length} guarantees can run here${left.length === 0 ? '.' : `; ${left.length} ${left.length === 1 ? 'is' : 'are'} NotSupported:`}`,
    ...wanting.toSorted((a, b) => b.count - a.count).map(({ feature, why, count }) => `  ${count} for want of ${feature}: ${why}`),
  ]
}

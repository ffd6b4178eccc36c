import { whyNotApplicable } from '../../contract/applicability.ts'
import type { ClusterRecord } from '../../contract/cluster-record.ts'
import type { PlannedGuarantee, ShardPlan } from '../../contract/shards.ts'
import type { Guarantee } from '../../harness/engine/guarantee.ts'
import { type Durations, guaranteeSeconds } from '../budget/durations.ts'
import { digestOfSources } from './shard-place.ts'

/** A run over shards before it has a plan. */
export interface PlanRequest {
  readonly runId: string
  readonly shards: number
  readonly keepFailed: boolean
  readonly guarantees: readonly Guarantee[]
  readonly durations: Durations
  /** Guarantees that it does not support take no time. */
  readonly cluster: Pick<ClusterRecord, 'features' | 'versions' | 'featureGates' | 'name'>
}

/** What all shards of a run work from. */
export function planShards({ runId, shards, keepFailed, guarantees, durations, cluster }: PlanRequest): ShardPlan {
  return {
    ...{ schemaVersion: 1, runId, shards, sources: digestOfSources(), keepFailed },
    guarantees: guarantees.map((guarantee) => plannedGuarantee(guarantee, durations, cluster)),
  }
}

function plannedGuarantee(guarantee: Guarantee, durations: Durations, cluster: PlanRequest['cluster']): PlannedGuarantee {
  const { id, disruptive, holds, requires } = guarantee
  const isSupported = requires.every((feature) => cluster.features.includes(feature)) && whyNotApplicable(guarantee, cluster) === undefined
  return {
    id,
    seconds: isSupported ? guaranteeSeconds(durations, guarantee) : 0,
    ...(disruptive === true && isSupported && { disruptive }),
    ...(holds !== undefined && isSupported && { holds }),
  }
}

import { counted } from '../../contract/counted.ts'
import type { ShardPlan } from '../../contract/shards.ts'
import { guaranteeSeconds, knownDurations, readDurations } from '../budget/durations.ts'
import type { RunPlan } from '../plan/run-plan.ts'
import { log } from '../shell/log.ts'
import { assignGuarantees } from './assign-guarantees.ts'

/** What each shard of a run has to do, in lines. */
export function shardLines(plan: Pick<ShardPlan, 'guarantees' | 'shards'>): readonly string[] {
  const secondsOf = new Map(plan.guarantees.map(({ id, seconds }) => [id, seconds]))
  const alone = plan.guarantees.filter(({ disruptive }) => disruptive === true)
  const lines = assignGuarantees(plan).map((ids, shard) => {
    const seconds = ids.reduce((sum, id) => sum + (secondsOf.get(id) ?? 0), 0)
    return `Shard ${shard}: ${counted(ids.length, 'guarantees')}, ${seconds.toFixed(0)} s one after the other.`
  })
  if (alone.length === 0) return lines
  return [...lines, `Of these, ${counted(alone.length, 'guarantees')} of shard 0 run alone: all other shards wait for them.`]
}

/** Prints what each shard would have to do, before anything is known of what the cluster supports. */
export function sayShards({ guarantees }: Pick<RunPlan, 'guarantees'>, { shards = 1 }: { readonly shards?: number }): void {
  const durations = knownDurations(readDurations())
  const planned = guarantees.map((guarantee) => ({
    ...{ id: guarantee.id, seconds: guaranteeSeconds(durations, guarantee) },
    ...(guarantee.disruptive === true && { disruptive: true as const }),
    ...(guarantee.holds !== undefined && { holds: guarantee.holds }),
  }))
  log('Over shards, if the cluster supports them all:')
  for (const line of shardLines({ guarantees: planned, shards })) log(`  ${line}`)
}

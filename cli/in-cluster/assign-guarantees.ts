import type { PlannedGuarantee, ShardPlan } from '../../contract/shards.ts'

/** Guarantees that go to one shard together. */
interface Bundle {
  readonly ids: readonly string[]
  readonly seconds: number
}

/**
 * Which guarantees each shard runs, in the order of the shards: always the same for the same plan. The longest go first, each to the shard
 * with the least to do. Guarantees that hold the same thing go to one shard: they would wait for each other in any case. What runs alone is
 * all of the first shard, which runs it last.
 */
export function assignGuarantees({ guarantees, shards }: Pick<ShardPlan, 'guarantees' | 'shards'>): readonly (readonly string[])[] {
  const assigned = Array.from({ length: shards }, () => ({ ids: [] as string[], seconds: 0 }))
  const together = guarantees.filter(({ disruptive }) => disruptive !== true)
  for (const { ids, seconds } of bundlesOf(together).toSorted(longestFirst)) {
    const least = assigned.reduce((one, other) => (other.seconds < one.seconds ? other : one))
    least.ids.push(...ids)
    least.seconds += seconds
  }
  const alone = guarantees.filter(({ disruptive }) => disruptive === true).map(({ id }) => id)
  assigned[0]?.ids.push(...alone.toSorted())
  return assigned.map(({ ids }) => ids)
}

/** By length, then by name, so that the order of the list does not matter. */
function longestFirst(one: Bundle, other: Bundle): number {
  return other.seconds - one.seconds || ((one.ids[0] ?? '') < (other.ids[0] ?? '') ? -1 : 1)
}

/** Guarantees that are connected by what they hold; each other one by itself. */
function bundlesOf(guarantees: readonly PlannedGuarantee[]): readonly Bundle[] {
  let bundles: { readonly holds: readonly string[]; readonly members: readonly PlannedGuarantee[] }[] = []
  for (const guarantee of guarantees) {
    const held = guarantee.holds ?? []
    const [joined, apart] = [true, false].map((wanted) =>
      bundles.filter(({ holds }) => holds.some((name) => held.includes(name)) === wanted),
    )
    const members = [...(joined ?? []).flatMap((bundle) => bundle.members), guarantee]
    bundles = [...(apart ?? []), { holds: [...new Set(members.flatMap(({ holds = [] }) => holds))], members }]
  }
  return bundles.map(({ members }) => ({
    ids: members.map(({ id }) => id).toSorted(),
    seconds: members.reduce((sum, { seconds }) => sum + seconds, 0),
  }))
}

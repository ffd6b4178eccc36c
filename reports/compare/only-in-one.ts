import type { Comparison } from './comparison.ts'

type Only = Comparison['onlyBefore'][number]

/** Ids that are told one by one for a reason; of more, the first of each concept. */
const most = { ofReason: 12, ofConcept: 3 }

/** Said where the rest is not told. */
export const restIsElsewhere = 'JSON and HTML have them all'

/** Guarantees of one side that the other has not, for one reason. */
export interface OnlyForReason {
  readonly why: string
  readonly count: number
  /** All of them, each with a verdict that is not Passed; none where they are many. */
  readonly ids: readonly string[]
  /** Where they are many: how many there are of each concept, and the first of them, what is not Passed before the rest. */
  readonly concepts: readonly { readonly concept: string; readonly count: number; readonly first: readonly string[] }[]
}

/** Guarantees of one side, by why the other has them not. */
export function byWhy(only: readonly Only[]): readonly { readonly why: string; readonly ids: readonly string[] }[] {
  return reasonsOf(only).map(({ why, some }) => ({ why, ids: some.map(nameOf) }))
}

/** The same, short enough for a screen and for a comment on a pull request. */
export function shortByWhy(only: readonly Only[]): readonly OnlyForReason[] {
  return reasonsOf(only).map(({ why, some }) => {
    const count = some.length
    if (count <= most.ofReason) return { why, count, ids: some.map(nameOf), concepts: [] }
    const concepts = [...Map.groupBy(some, ({ id }) => id.replace(/\/.*/, ''))].map(([concept, those]) => {
      const sorted = [...those.filter(({ verdict }) => verdict !== 'Passed'), ...those.filter(({ verdict }) => verdict === 'Passed')]
      return { concept, count: those.length, first: sorted.slice(0, most.ofConcept).map(nameOf) }
    })
    return { why, count, ids: [], concepts }
  })
}

function reasonsOf(only: readonly Only[]): readonly { readonly why: string; readonly some: readonly Only[] }[] {
  return [...Map.groupBy(only, ({ why }) => why)].map(([why, some]) => ({ why, some }))
}

function nameOf({ id, verdict }: Only): string {
  return verdict === 'Passed' ? id : `${id} (${verdict})`
}

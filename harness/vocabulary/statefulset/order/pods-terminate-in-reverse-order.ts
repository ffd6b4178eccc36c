import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'

/** A StatefulSet by name, how many Pods it had and how many it is to keep. */
export interface OrderedTermination {
  readonly statefulSet: string
  readonly from: number
  readonly to: number
}

/**
 * A Pod begins to terminate only when all Pods of higher ordinals are completely gone, and those to be kept never do.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees
 */
export const podsTerminateInReverseOrder = defineCheck<OrderedTermination>({
  name: 'pods-terminate-in-reverse-order',
  reads: ['Pod'],
  describe: ({ statefulSet, from, to }) =>
    `scaling StatefulSet ${statefulSet} from ${from} to ${to} terminates one Pod at a time from the highest ordinal down`,
  judge,
})

function judge({ statefulSet, from, to }: OrderedTermination, history: readonly HistoryEntry[]): Judgement {
  const present = new Map<number, Observation>()
  const begun = new Set<number>()
  const gone = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const ordinal = ordinalOf(statefulSet, observation.object.metadata.name)
    if (ordinal === undefined) continue
    const ends = observation.event === 'DELETED' || observation.object.metadata.deletionTimestamp !== undefined
    if (ends && !begun.has(ordinal)) {
      begun.add(ordinal)
      const broken = judgeBeginning({ statefulSet, ordinal, to, beginning: observation, present })
      if (broken !== undefined) return broken
    }
    if (observation.event === 'DELETED') {
      present.delete(ordinal)
      gone.add(ordinal)
    } else {
      present.set(ordinal, observation)
    }
  }
  if (gone.size < from - to) {
    return inconclusive(`Only ${gone.size} of ${from - to} Pods of StatefulSet ${statefulSet} were seen to go: the order cannot be judged.`)
  }
  return { outcome: 'upheld', evaluated: gone.size }
}

function judgeBeginning(of: {
  readonly statefulSet: string
  readonly ordinal: number
  readonly to: number
  readonly beginning: Observation
  readonly present: ReadonlyMap<number, Observation>
}): Judgement | undefined {
  const { statefulSet, ordinal, to, beginning, present } = of
  const name = `${statefulSet}-${ordinal}`
  if (ordinal < to) {
    return violated(`Pod ${name} began to terminate though StatefulSet ${statefulSet} keeps ${to} Pods.`, {
      expected: `${name} untouched`,
      actual: `${name} terminating`,
      entries: [beginning],
    })
  }
  const higher = [...present.keys()].filter((other) => other > ordinal).sort((a, b) => a - b)[0]
  const obstacle = higher === undefined ? undefined : present.get(higher)
  if (obstacle === undefined) return undefined
  return violated(`Pod ${name} began to terminate while the higher Pod ${statefulSet}-${higher} was still there.`, {
    expected: `${statefulSet}-${higher} gone before ${name} begins to terminate`,
    actual: `${statefulSet}-${higher} was still there (resourceVersion ${obstacle.object.metadata.resourceVersion})`,
    entries: [obstacle, beginning],
  })
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import type { OrderedStart } from '../order/pods-start-in-ordinal-order.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'

/** A StatefulSet of a number of Pods, and the mark from which on they are replaced; from the beginning when absent. */
export interface OrderedReplacement extends OrderedStart {
  readonly since?: string
}

/**
 * Each Pod begins to terminate only when every Pod of a higher ordinal has been replaced and its replacement is Running and Ready.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates
 */
export const podsReplacedInReverseOrder = defineCheck<OrderedReplacement>({
  name: 'pods-replaced-in-reverse-order',
  reads: ['Pod'],
  describe: ({ statefulSet, replicas, since }) =>
    `the ${replicas} Pods of StatefulSet ${statefulSet} are replaced one at a time from the highest ordinal down, each once the one before is Ready` +
    (since === undefined ? '' : `, ${since}`),
  judge,
})

function judge({ statefulSet, replicas, since }: OrderedReplacement, history: readonly HistoryEntry[]): Judgement {
  const beginning = since === undefined ? 0 : history.findIndex((entry) => entry.type === 'mark' && entry.name === since)
  if (beginning === -1) return inconclusive(`The history has no mark "${since}".`)
  const first = new Map<number, Observation>()
  const last = new Map<number, Observation>()
  const begun = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const ordinal = ordinalOf(statefulSet, observation.object.metadata.name)
    if (ordinal === undefined) continue
    if (!first.has(ordinal) || observation.seq < beginning) first.set(ordinal, observation)
    const original = first.get(ordinal)?.object.metadata.uid === observation.object.metadata.uid
    const ends = observation.event === 'DELETED' || observation.object.metadata.deletionTimestamp !== undefined
    if (original && ends && !begun.has(ordinal) && observation.seq >= beginning) {
      begun.add(ordinal)
      const broken = judgeBeginning({ statefulSet, replicas, ordinal, beginning: observation, first, last })
      if (broken !== undefined) return broken
    }
    last.set(ordinal, observation)
  }
  if (begun.size < replicas)
    return inconclusive(`Only ${begun.size} of ${replicas} Pods of StatefulSet ${statefulSet} were replaced: the order cannot be judged.`)
  return { outcome: 'upheld', evaluated: begun.size }
}

function judgeBeginning(of: {
  readonly statefulSet: string
  readonly replicas: number
  readonly ordinal: number
  readonly beginning: Observation
  readonly first: ReadonlyMap<number, Observation>
  readonly last: ReadonlyMap<number, Observation>
}): Judgement | undefined {
  const { statefulSet, replicas, ordinal, beginning, first, last } = of
  const higher = Array.from({ length: replicas - ordinal - 1 }, (_, above) => ordinal + 1 + above)
  const behind = higher.find((other) => !isReplaced(first.get(other), last.get(other)))
  if (behind === undefined) return undefined
  const [name, before] = [`${statefulSet}-${ordinal}`, `${statefulSet}-${behind}`]
  const obstacle = last.get(behind)
  return violated(`Pod ${name} began to terminate before Pod ${before} was replaced and its replacement Ready.`, {
    expected: `another ${before} Running and Ready when ${name} begins to terminate`,
    entries: obstacle === undefined ? [beginning] : [obstacle, beginning],
  })
}

function isReplaced(first: Observation | undefined, last: Observation | undefined): boolean {
  if (first === undefined || last === undefined || last.event === 'DELETED') return false
  return last.object.metadata.uid !== first.object.metadata.uid && isReadyPod(last.object)
}

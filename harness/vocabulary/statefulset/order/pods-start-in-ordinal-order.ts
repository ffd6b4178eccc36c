import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'

/** A StatefulSet by name and the number of Pods it is to have. */
export interface OrderedStart {
  readonly statefulSet: string
  readonly replicas: number
}

/**
 * Each Pod is created only while all Pods of lower ordinals are Running and Ready.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees
 */
export const podsStartInOrdinalOrder = defineCheck<OrderedStart>({
  name: 'pods-start-in-ordinal-order',
  reads: ['Pod'],
  describe: ({ statefulSet }) => `each Pod of StatefulSet ${statefulSet} is created only after its predecessors are Running and Ready`,
  judge,
})

function judge({ statefulSet, replicas }: OrderedStart, history: readonly HistoryEntry[]): Judgement {
  const present = new Map<number, Observation>()
  const created = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const ordinal = ordinalOf(statefulSet, observation.object.metadata.name)
    if (ordinal === undefined) continue
    if (observation.event === 'DELETED') {
      present.delete(ordinal)
      continue
    }
    if (present.get(ordinal)?.object.metadata.uid !== observation.object.metadata.uid) {
      if (observation.event === 'EXISTING')
        return inconclusive(`Pod ${statefulSet}-${ordinal} existed before the watch began.`, [observation.seq])
      const broken = judgeCreation({ statefulSet, ordinal, creation: observation, present })
      if (broken !== undefined) return broken
      created.add(ordinal)
    }
    present.set(ordinal, observation)
  }
  const successors = [...created].filter((ordinal) => ordinal > 0)
  if (successors.length < replicas - 1) {
    return inconclusive(`Only ${created.size} of ${replicas} Pods of StatefulSet ${statefulSet} were created: the order cannot be judged.`)
  }
  return { outcome: 'upheld', evaluated: successors.length }
}

function judgeCreation(of: {
  readonly statefulSet: string
  readonly ordinal: number
  readonly creation: Observation
  readonly present: ReadonlyMap<number, Observation>
}): Judgement | undefined {
  const { statefulSet, ordinal, creation, present } = of
  const predecessors = Array.from({ length: ordinal }, (_, lower) => lower)
  const unready = predecessors.findLast((lower) => {
    const predecessor = present.get(lower)
    return predecessor === undefined || !isReadyPod(predecessor.object)
  })
  if (unready === undefined) return undefined
  const last = present.get(unready)
  const [name, before] = [`${statefulSet}-${ordinal}`, `${statefulSet}-${unready}`]
  return violated(`Pod ${name} was created before its predecessor ${before} was Running and Ready.`, {
    expected: `${before} Running and Ready when ${name} is created`,
    actual:
      last === undefined ? `${before} was not there` : `${before} was not Ready (resourceVersion ${last.object.metadata.resourceVersion})`,
    entries: last === undefined ? [creation] : [last, creation],
  })
}

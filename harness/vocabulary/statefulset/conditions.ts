import { field, latest, wasDeleted } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import type { PodsOf } from '../pod/conditions.ts'

/** The controller has read the number of replicas last asked for; nothing is said of the Pods. */
export const scaleObserved = defineCondition<PodsOf>({
  name: 'scale-observed',
  reads: ['StatefulSet'],
  describe: ({ statefulSet, replicas }) => `the controller of StatefulSet ${statefulSet} aware of ${replicas} replicas`,
  holds: ({ statefulSet, replicas }, history) => current(history, { statefulSet, replicas }) !== undefined,
  seen: ({ statefulSet }, history) => stateOf(history, statefulSet),
})

/** The controller reports that exactly so many Pods are there, all Ready. */
export const statefulSetScaled = defineCondition<PodsOf>({
  name: 'stateful-set-scaled',
  reads: ['StatefulSet'],
  describe: ({ statefulSet, replicas }) => `StatefulSet ${statefulSet} with ${replicas} Pods, all Ready`,
  holds({ statefulSet, replicas }, history) {
    const set = current(history, { statefulSet, replicas })
    return set !== undefined && number(set, 'replicas') === replicas && number(set, 'readyReplicas') === replicas
  },
  seen: ({ statefulSet }, history) => stateOf(history, statefulSet),
})

/** The controller has seen that no Pod of a StatefulSet is Ready. What it does next it does because of that. */
export const noneReadyCounted = defineCondition<PodsOf>({
  name: 'none-ready-counted',
  reads: ['StatefulSet'],
  describe: ({ statefulSet, replicas }) => `the controller of StatefulSet ${statefulSet} aware of ${replicas} replicas, none of them Ready`,
  holds({ statefulSet, replicas }, history) {
    const set = current(history, { statefulSet, replicas })
    return set !== undefined && number(set, 'replicas') === replicas && number(set, 'readyReplicas') === 0
  },
  seen: ({ statefulSet }, history) => stateOf(history, statefulSet),
})

/** No StatefulSet of that name is there any more. */
export const statefulSetGone = defineCondition<{ readonly statefulSet: string }>({
  name: 'stateful-set-gone',
  reads: ['StatefulSet'],
  describe: ({ statefulSet }) => `no StatefulSet ${statefulSet}`,
  holds: ({ statefulSet }, history) => wasDeleted(history, 'StatefulSet', statefulSet),
  seen: ({ statefulSet }, history) => stateOf(history, statefulSet),
})

/** The StatefulSet when it asks for so many replicas and its status speaks of that generation. */
function current(history: readonly HistoryEntry[], { statefulSet, replicas }: PodsOf): ObservedObject | undefined {
  const set = latest(history, 'StatefulSet', statefulSet)
  const observed = field(set, 'status', 'observedGeneration')
  const caughtUp = typeof observed === 'number' && observed >= (set?.metadata.generation ?? Infinity)
  return caughtUp && field(set, 'spec', 'replicas') === replicas ? set : undefined
}

function number(set: ObservedObject, name: string): number {
  return Number(field(set, 'status', name) ?? 0)
}

function stateOf(history: readonly HistoryEntry[], name: string): string {
  const set = latest(history, 'StatefulSet', name)
  if (set === undefined) return `no StatefulSet ${name}`
  const wanted = String(field(set, 'spec', 'replicas'))
  const generations = `generation ${String(field(set, 'status', 'observedGeneration'))} of ${String(set.metadata.generation)} observed`
  return `${wanted} replicas wanted, ${number(set, 'replicas')} there, ${number(set, 'readyReplicas')} ready, ${generations}`
}

import { field, latest } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { isHealthy, type PodName, stateOf } from '../conditions.ts'

/** A node was found for a Pod. */
export const podScheduled = defineCondition<PodName>({
  name: 'pod-scheduled',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} scheduled`,
  holds: ({ pod }, history) => nodeOf(history, pod) !== undefined,
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** The scheduler looked at a Pod and found no node that may run it. */
export const podUnschedulable = defineCondition<PodName>({
  name: 'pod-unschedulable',
  reads: ['Pod'],
  describe: ({ pod }) => `no node for Pod ${pod}`,
  holds: ({ pod }, history) => nodeOf(history, pod) === undefined && isRefused(history, pod),
  unreachable({ pod }, history) {
    const node = nodeOf(history, pod)
    return node === undefined ? undefined : `Pod ${pod} was scheduled to ${node}.`
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod is there and none of its containers has started. */
export const podNotStarted = defineCondition<PodName>({
  name: 'pod-not-started',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} Pending`,
  holds: ({ pod }, history) => field(latest(history, 'Pod', pod), 'status', 'phase') === 'Pending',
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** Pods of these names are all Running and Ready. */
export const allReady = defineCondition<{ readonly pods: readonly string[] }>({
  name: 'all-ready',
  reads: ['Pod'],
  describe: ({ pods }) => `Pods ${pods.join(', ')} Running and Ready`,
  holds: ({ pods }, history) => pods.every((pod) => isHealthy(history, pod)),
  seen: ({ pods }, history) => pods.map((pod) => stateOf(history, pod)).join(', '),
})

function nodeOf(history: readonly HistoryEntry[], pod: string): string | undefined {
  const name = field(latest(history, 'Pod', pod), 'spec', 'nodeName')
  return typeof name === 'string' ? name : undefined
}

function isRefused(history: readonly HistoryEntry[], pod: string): boolean {
  const conditions = field(latest(history, 'Pod', pod), 'status', 'conditions')
  return Array.isArray(conditions) && conditions.some((one) => field(one, 'type') === 'PodScheduled' && field(one, 'status') === 'False')
}

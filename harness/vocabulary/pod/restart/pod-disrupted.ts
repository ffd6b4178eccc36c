import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { field, latest } from '../../../engine/object.ts'
import { type PodName, stateOf } from '../conditions.ts'

/** A Pod, and the reason for which it was disrupted. */
export interface Disruption extends PodName {
  readonly reason: 'TerminationByKubelet'
}

/**
 * A Pod says that it was disrupted, and why. `TerminationByKubelet` is a kubelet whose node shuts down.
 * See https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
 */
export const podDisrupted = defineCondition<Disruption>({
  name: 'pod-disrupted',
  reads: ['Pod'],
  describe: ({ pod, reason }) => `Pod ${pod} disrupted: ${reason}`,
  holds: ({ pod, reason }, history) => reasonOf(pod, history) === reason,
  seen: ({ pod }, history) => `${stateOf(history, pod)}, ${reasonOf(pod, history) ?? 'not disrupted'}`,
})

function reasonOf(pod: string, history: readonly HistoryEntry[]): string | undefined {
  const conditions = field(latest(history, 'Pod', pod), 'status', 'conditions')
  const disruption = (Array.isArray(conditions) ? conditions : []).find(
    (one) => field(one, 'type') === 'DisruptionTarget' && field(one, 'status') === 'True',
  )
  return disruption && String(field(disruption, 'reason'))
}

import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { field, hasCondition, phaseOf } from '../../engine/object.ts'

/** Whether no container of a Pod runs any more, nor will. */
export function hasEnded(pod: ObservedObject): boolean {
  return phaseOf(pod) === 'Succeeded' || phaseOf(pod) === 'Failed'
}

/** Whether a Pod is Running and its Ready condition True. */
export function isReadyPod(pod: ObservedObject): boolean {
  return field(pod, 'status', 'phase') === 'Running' && hasCondition(pod, 'Ready')
}

/** How often the containers of a Pod were restarted, all together. */
export function restartsOf(pod: ObservedObject): number {
  const statuses = field(pod, 'status', 'containerStatuses')
  if (!Array.isArray(statuses)) return 0
  return statuses.reduce<number>((sum, status) => sum + Number(field(status, 'restartCount') ?? 0), 0)
}

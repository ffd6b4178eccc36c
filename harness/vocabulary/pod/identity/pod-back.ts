import { latest } from '../../../engine/object.ts'
import { restartsOf } from '../readings.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { isHealthy, type PodName, stateOf } from '../conditions.ts'

/** A Pod as it was before something was done to it. */
export interface PodBefore extends PodName {
  readonly uid: string
  readonly restarts: number
}

/** A Pod is Ready again: another Pod of that name, or the same one with a container restarted since. */
export const podBack = defineCondition<PodBefore>({
  name: 'pod-back',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} Running and Ready again`,
  holds({ pod, uid, restarts }, history) {
    const now = podNow(history, pod)
    return isHealthy(history, pod) && now !== undefined && (now.uid !== uid || now.restarts > restarts)
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod as it was last seen, for `podBack`; undefined when it is not there. */
export function podNow(history: readonly HistoryEntry[], pod: string): PodBefore | undefined {
  const object = latest(history, 'Pod', pod)
  return object && { pod, uid: object.metadata.uid, restarts: restartsOf(object) }
}

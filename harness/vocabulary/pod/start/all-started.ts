import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { containerFailed } from '../containers.ts'
import { isHealthy, stateOf } from '../conditions.ts'

/** Pods of these names are Running and Ready, each without a container that ended with an error before. */
export const allStarted = defineCondition<{ readonly pods: readonly string[] }>({
  name: 'all-started',
  reads: ['Pod'],
  describe: ({ pods }) => `Pods ${pods.join(', ')} Running and Ready at the first attempt`,
  holds: ({ pods }, history) => pods.every((pod) => isHealthy(history, pod)) && failedOf(pods, history) === undefined,
  unreachable({ pods }, history) {
    const failed = failedOf(pods, history)
    return failed === undefined ? undefined : `the container of Pod ${failed} ended with an error.`
  },
  seen: ({ pods }, history) => pods.map((pod) => stateOf(history, pod)).join(', '),
})

function failedOf(pods: readonly string[], history: readonly HistoryEntry[]): string | undefined {
  return pods.find((pod) => containerFailed({ pod }).holds(history))
}

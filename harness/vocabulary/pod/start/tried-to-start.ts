import { defineCondition } from '../../../engine/judge/define-condition.ts'
import { containerFailed } from '../containers.ts'
import { isHealthy, stateOf } from '../conditions.ts'

/** Each of these Pods is Running and Ready, or a container of it ended with an error: one of the two comes of every start. */
export const triedToStart = defineCondition<{ readonly pods: readonly string[] }>({
  name: 'tried-to-start',
  reads: ['Pod'],
  describe: ({ pods }) => `Pods ${pods.join(', ')} Ready or failed`,
  holds: ({ pods }, history) => pods.every((pod) => isHealthy(history, pod) || containerFailed({ pod }).holds(history)),
  seen: ({ pods }, history) => pods.map((pod) => stateOf(history, pod)).join(', '),
})

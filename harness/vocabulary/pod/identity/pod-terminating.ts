import { latest } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import { type PodName, stateOf } from '../conditions.ts'

/** A Pod was marked for deletion and is still there. */
export const podTerminating = defineCondition<PodName>({
  name: 'pod-terminating',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} terminating`,
  holds: ({ pod }, history) => latest(history, 'Pod', pod)?.metadata.deletionTimestamp !== undefined,
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod is there and was not marked for deletion. */
export const podKept = defineCondition<PodName>({
  name: 'pod-kept',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} there and not marked for deletion`,
  holds({ pod }, history) {
    const object = latest(history, 'Pod', pod)
    return object !== undefined && object.metadata.deletionTimestamp === undefined
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

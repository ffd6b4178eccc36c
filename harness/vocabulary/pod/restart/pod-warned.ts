import { defineCondition } from '../../../engine/judge/define-condition.ts'
import { latest } from '../../../engine/object.ts'
import { isWarned, type Warning } from '../../event/is-warned.ts'
import { type PodName, stateOf } from '../conditions.ts'
import { isReadyPod } from '../readings.ts'

/** A component warned of a Pod: it tried to start it and could not. */
export const podWarned = defineCondition<PodName & Warning>({
  name: 'pod-warned',
  reads: ['Event', 'Pod'],
  describe: ({ pod, by }) => `a warning of ${by} about Pod ${pod}`,
  holds: ({ pod, by }, history) => isWarned(history, pod, by),
  unreachable({ pod }, history) {
    const object = latest(history, 'Pod', pod)
    return object !== undefined && isReadyPod(object) ? `Pod ${pod} is Running and Ready.` : undefined
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

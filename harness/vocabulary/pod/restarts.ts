import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, latest, observationsOf } from '../../engine/object.ts'
import { type PodName, stateOf } from './conditions.ts'
import { isReadyPod, restartsOf } from './readings.ts'

/** The containers of a Pod were restarted so often, all together. */
export const restartsReached = defineCondition<PodName & { readonly restarts: number }>({
  name: 'restarts-reached',
  reads: ['Pod'],
  describe: ({ pod, restarts }) => `Pod ${pod} restarted ${restarts} times`,
  holds({ pod, restarts }, history) {
    const object = latest(history, 'Pod', pod)
    return object !== undefined && restartsOf(object) >= restarts
  },
  seen: ({ pod }, history) => stateOf(history, pod),
})

/** A Pod whose container runs is Ready at no time. */
export const neverReady = defineCheck<PodName>({
  name: 'never-ready',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} runs and is never Ready`,
  judge({ pod }, history) {
    const seen = observationsOf(history, 'Pod', pod)
    const ready = seen.find(({ object }) => isReadyPod(object))
    if (ready !== undefined) return violated(`Pod ${pod} became Ready.`, { entries: [ready] })
    const ran = seen.filter(({ object }) => startOf(object) !== undefined)
    return ran.length === 0 ? inconclusive(`No container of Pod ${pod} was seen to run.`) : { outcome: 'upheld', evaluated: ran.length }
  },
})

/**
 * A Pod becomes Ready for the first time no sooner than so many seconds after its container was started, by the times of its kubelet, which
 * are in whole seconds.
 */
export const readyNotBefore = defineCheck<PodName & { readonly seconds: number }>({
  name: 'ready-not-before',
  reads: ['Pod'],
  describe: ({ pod, seconds }) => `Pod ${pod} becomes Ready no sooner than ${seconds} s after its container was started`,
  judge({ pod, seconds }, history) {
    const ready = observationsOf(history, 'Pod', pod).find(({ object }) => isReadyPod(object))
    const [start, end] = [startOf(ready?.object), readySince(ready?.object)]
    if (ready === undefined || start === undefined || end === undefined) return inconclusive(`Pod ${pod} was never seen Ready.`)
    const took = (end - start) / 1000
    if (took >= seconds - 1) return { outcome: 'upheld', evaluated: 1 }
    const expected = `after ${seconds} s`
    return violated(`Pod ${pod} became Ready ${took} s after its container was started.`, {
      expected,
      actual: `after ${took} s`,
      entries: [ready],
    })
  },
})

/** A Pod was Ready, was not meanwhile, and was again once its container had been restarted. */
export const interrupted = defineCheck<PodName>({
  name: 'interrupted',
  reads: ['Pod'],
  describe: ({ pod }) => `Pod ${pod} is not Ready until its container has been restarted`,
  judge,
})

function judge({ pod }: PodName, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const before = seen.findIndex(({ object }) => isReadyPod(object))
  const after = seen.findIndex(({ object }) => isReadyPod(object) && restartsOf(object) > 0)
  const [first, last] = [seen[before], seen[after]]
  if (first === undefined || last === undefined || first === last)
    return inconclusive(`Pod ${pod} was not seen Ready before and after a restart.`)
  const meanwhile: readonly Observation[] = seen.slice(before, after).filter(({ object }) => !isReadyPod(object))
  if (meanwhile.length > 0) return { outcome: 'upheld', evaluated: meanwhile.length }
  return violated(`Pod ${pod} was Ready all the time though its container was restarted.`, {
    ...{ expected: 'not Ready meanwhile', actual: 'always Ready', entries: [first, last] },
  })
}

/** When the first container of a Pod was started, in milliseconds since 1970. */
function startOf(pod: unknown): number | undefined {
  return timeOf(field(pod, 'status', 'containerStatuses', '0', 'state', 'running', 'startedAt'))
}

function readySince(pod: unknown): number | undefined {
  const conditions = field(pod, 'status', 'conditions')
  const ready = (Array.isArray(conditions) ? conditions : []).find((one) => field(one, 'type') === 'Ready')
  return timeOf(field(ready, 'lastTransitionTime'))
}

function timeOf(text: unknown): number | undefined {
  return typeof text === 'string' ? Date.parse(text) : undefined
}

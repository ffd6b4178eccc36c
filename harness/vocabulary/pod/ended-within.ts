import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import type { PodName } from './conditions.ts'

/** A Pod that was deleted, how its container is to have ended, and how many seconds after that was asked for. */
export interface EndedWithin extends PodName {
  readonly exitCode: number
  readonly atLeast: number
  readonly atMost: number
}

/**
 * The container of a Pod ended in a span of time after the deletion was asked for, by the times of API server and kubelet, which are in
 * whole seconds. See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const endedWithin = defineCheck<EndedWithin>({
  name: 'ended-within',
  reads: ['Pod'],
  describe: ({ pod, exitCode, atLeast, atMost }) =>
    `the container of Pod ${pod} ends with exit code ${exitCode}, ${atLeast} to ${atMost} s after the deletion is asked for`,
  judge,
})

function judge({ pod, exitCode, atLeast, atMost }: EndedWithin, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const last = seen.findLast(({ object }) => endOf(object) !== undefined)
  // The kubelet asks for the deletion once more when all is over, without a grace period.
  const first = seen.find(({ object }) => deletionOf(object) !== undefined)
  const [asked, end] = [deletionOf(first?.object), endOf(last?.object)]
  if (last === undefined || asked === undefined || end === undefined)
    return inconclusive(`How the container of Pod ${pod} ended after its deletion was not seen.`)
  const took = (end.at - asked) / 1000
  const actual = `exit code ${end.exitCode} after ${took} s`
  const expected = `exit code ${exitCode} after ${atLeast} to ${atMost} s`
  if (end.exitCode === exitCode && took >= atLeast - 1 && took <= atMost + 1) return { outcome: 'upheld', evaluated: 1 }
  return violated(`The container of Pod ${pod} ended with ${actual} instead of ${expected}.`, { expected, actual, entries: [last] })
}

/** When a deletion was asked for, in milliseconds since 1970: the time that is noted is the end of the grace period. */
function deletionOf(pod: unknown): number | undefined {
  const [due, grace] = [field(pod, 'metadata', 'deletionTimestamp'), field(pod, 'metadata', 'deletionGracePeriodSeconds')]
  return typeof due === 'string' && typeof grace === 'number' ? Date.parse(due) - grace * 1000 : undefined
}

function endOf(pod: unknown): { readonly at: number; readonly exitCode: number } | undefined {
  const end = field(pod, 'status', 'containerStatuses', '0', 'state', 'terminated')
  const [at, exitCode] = [field(end, 'finishedAt'), field(end, 'exitCode')]
  return typeof at === 'string' && typeof exitCode === 'number' ? { at: Date.parse(at), exitCode } : undefined
}

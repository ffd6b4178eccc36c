import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import type { OrderedStart } from '../order/pods-start-in-ordinal-order.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { podsBeingReplaced } from './pods-being-replaced.ts'

/** A StatefulSet of a number of Pods, all of which are replaced, and how many of them are replaced at the same time. */
export interface ReplacedAtOnce extends OrderedStart {
  readonly most: number
}

/**
 * Of the Pods of a StatefulSet so many are being replaced at some time, and never more. A Pod is being replaced from when it begins to
 * terminate until its successor is Ready.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#maximum-unavailable-pods
 */
export const replacedAtOnce = defineCheck<ReplacedAtOnce>({
  name: 'replaced-at-once',
  reads: ['Pod'],
  describe: ({ statefulSet, replicas, most }) =>
    `the ${replicas} Pods of StatefulSet ${statefulSet} are replaced ${most === 1 ? 'one' : `up to ${most}`} at a time`,
  judge,
})

function judge({ statefulSet, replicas, most }: ReplacedAtOnce, history: readonly HistoryEntry[]): Judgement {
  let peak: readonly Observation[] = []
  let replaced = 0
  for (const moment of podsBeingReplaced(statefulSet, history)) {
    replaced = moment.replaced
    if (moment.beingReplaced.length > peak.length) peak = moment.beingReplaced
  }
  const expected = `${most} at a time`
  const names = peak.map(({ object }) => object.metadata.name).join(' and ')
  if (peak.length > most) {
    const summary = `Pods ${names} of StatefulSet ${statefulSet} were replaced at the same time.`
    return violated(summary, { expected, actual: String(peak.length), entries: peak })
  }
  if (replaced < replicas) return inconclusive(`Only ${replaced} of ${replicas} Pods of StatefulSet ${statefulSet} were replaced.`)
  if (peak.length === most) return { outcome: 'upheld', evaluated: replaced }
  const summary = `Never more than ${peak.length} of the ${replicas} Pods of StatefulSet ${statefulSet} were replaced at the same time.`
  return violated(summary, { expected, actual: String(peak.length), entries: peak })
}

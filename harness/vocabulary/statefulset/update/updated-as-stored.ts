import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import type { OrderedStart } from '../order/pods-start-in-ordinal-order.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { podsBeingReplaced } from './pods-being-replaced.ts'

/**
 * Never more Pods of a StatefulSet are being replaced than its stored maxUnavailable, which is one where it is stored without. A Pod is
 * being replaced from when it begins to terminate until its successor is Ready; one that is not Ready by itself is not. See
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#maximum-unavailable-pods
 */
export const updatedAsStored = defineCheck<OrderedStart>({
  name: 'updated-as-stored',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ statefulSet, replicas }) =>
    `the ${replicas} Pods of StatefulSet ${statefulSet} are replaced as many at a time as its stored maxUnavailable says, else one`,
  judge,
})

function judge({ statefulSet, replicas }: OrderedStart, history: readonly HistoryEntry[]): Judgement {
  const [set] = observationsOf(history, 'StatefulSet', statefulSet).slice(-1)
  if (set === undefined) return inconclusive(`StatefulSet ${statefulSet} was never seen.`)
  const stored = field(set.object, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable')
  const most = typeof stored === 'number' ? stored : 1
  let replaced = 0
  for (const moment of podsBeingReplaced(statefulSet, history)) {
    const { beingReplaced } = moment
    replaced = moment.replaced
    if (beingReplaced.length <= most) continue
    const asked = stored === undefined ? 'without maxUnavailable' : `with maxUnavailable ${JSON.stringify(stored)}`
    const names = beingReplaced.map(({ object }) => object.metadata.name).join(' and ')
    return violated(`Pods ${names} of StatefulSet ${statefulSet} were replaced at the same time, and it is stored ${asked}.`, {
      expected: `at most ${most} at a time`,
      actual: String(beingReplaced.length),
      entries: [set, ...beingReplaced],
    })
  }
  if (replaced < replicas) return inconclusive(`Only ${replaced} of ${replicas} Pods of StatefulSet ${statefulSet} were replaced.`)
  return { outcome: 'upheld', evaluated: replaced }
}

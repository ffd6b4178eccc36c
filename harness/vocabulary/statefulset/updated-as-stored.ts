import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../engine/history/history-entry.ts'
import type { OrderedStart } from './pods-start-in-ordinal-order.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { isReadyPod } from '../pod/readings.ts'
import { ordinalOf } from '../pod/ordinal-of.ts'

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
  const beingReplaced = new Map<string, Observation>()
  let replaced = 0
  for (const observation of observationsOf(history, 'Pod')) {
    const { event, object } = observation
    const { name, uid, deletionTimestamp } = object.metadata
    if (ordinalOf(statefulSet, name) === undefined) continue
    const before = beingReplaced.get(name)
    if (event === 'DELETED' || deletionTimestamp !== undefined) beingReplaced.set(name, observation)
    else if (before !== undefined && before.object.metadata.uid !== uid && isReadyPod(object)) {
      beingReplaced.delete(name)
      replaced += 1
    }
    if (beingReplaced.size <= most) continue
    const asked = stored === undefined ? 'without maxUnavailable' : `with maxUnavailable ${JSON.stringify(stored)}`
    const names = [...beingReplaced.keys()].join(' and ')
    return violated(`Pods ${names} of StatefulSet ${statefulSet} were replaced at the same time, and it is stored ${asked}.`, {
      expected: `at most ${most} at a time`,
      actual: String(beingReplaced.size),
      entries: [set, ...beingReplaced.values()],
    })
  }
  if (replaced < replicas) return inconclusive(`Only ${replaced} of ${replicas} Pods of StatefulSet ${statefulSet} were replaced.`)
  return { outcome: 'upheld', evaluated: replaced }
}

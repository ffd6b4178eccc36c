import type { Judgement } from '../check.ts'
import { defineCheck } from '../define-check.ts'
import type { HistoryEntry, Observation } from '../history-entry.ts'
import type { OrderedStart } from './pods-start-in-ordinal-order.ts'
import { field, gapIn, inconclusive, isReadyPod, observationsOf, ordinalOf, violated } from './reading.ts'
import { examples } from './updated-as-stored.examples.ts'

/**
 * From when all Pods of a StatefulSet are Ready, never more of them are away than its stored maxUnavailable, which is one where it is stored without.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#maximum-unavailable-pods
 */
export const updatedAsStored = defineCheck<OrderedStart>({
  name: 'updated-as-stored',
  describe: ({ statefulSet, replicas }) =>
    `the ${replicas} Pods of StatefulSet ${statefulSet} are replaced as many at a time as its stored maxUnavailable says, else one`,
  judge,
  examples,
})

function judge({ statefulSet, replicas }: OrderedStart, history: readonly HistoryEntry[]): Judgement {
  const [set] = observationsOf(history, 'StatefulSet', statefulSet).slice(-1)
  const gap = gapIn(history, ['Pod', 'StatefulSet'])
  if (gap !== undefined || set === undefined) return gap ?? inconclusive(`StatefulSet ${statefulSet} was never seen.`)
  const stored = field(set.object, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable')
  const most = typeof stored === 'number' ? stored : 1
  const now = new Map<string, Observation>()
  const made = new Set<string>()
  let complete = false
  for (const observation of observationsOf(history, 'Pod')) {
    const { name, uid } = observation.object.metadata
    if (ordinalOf(statefulSet, name) === undefined) continue
    now.set(name, observation)
    made.add(uid)
    const away = [...now].filter(([, last]) => !isThere(last))
    if (away.length === 0 && now.size === replicas) complete = true
    if (!complete || away.length <= most) continue
    const names = away.map(([pod]) => pod).join(' and ')
    const asked = stored === undefined ? 'without maxUnavailable' : `with maxUnavailable ${JSON.stringify(stored)}`
    return violated(`Pods ${names} of StatefulSet ${statefulSet} were away at once, and it is stored ${asked}.`, {
      expected: `at most ${most} away`,
      actual: `${away.length} away`,
      entries: [set, ...away.map(([, last]) => last)],
    })
  }
  if (made.size < replicas * 2) return inconclusive(`Not all ${replicas} Pods of StatefulSet ${statefulSet} were replaced.`)
  return { outcome: 'upheld', looked: made.size }
}

function isThere({ event, object }: Observation): boolean {
  return event !== 'DELETED' && object.metadata.deletionTimestamp === undefined && isReadyPod(object)
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { isOwnedBy, observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'

/** Pods of a StatefulSet that were destroyed and restored, in the order of their ordinals. */
export interface RestoredSet {
  readonly statefulSet: string
  readonly pods: readonly string[]
}

/**
 * The Pods of a StatefulSet were restored as objects of their own, none waiting for the one before; the StatefulSet then took them
 * over as they were.
 */
export const adoptedAfterRestore = defineCheck<RestoredSet>({
  name: 'adopted-after-restore',
  reads: ['Pod'],
  describe: ({ statefulSet, pods }) =>
    `${pods.join(', ')} were restored without waiting for one another and adopted by StatefulSet ${statefulSet}`,
  judge,
})

function judge({ statefulSet, pods }: RestoredSet, history: readonly HistoryEntry[]): Judgement {
  const owner = { kind: 'StatefulSet', name: statefulSet }
  const restored = pods.map((pod) => ({ pod, seen: sinceGone(history, pod) }))
  for (const { pod, seen } of restored) {
    const [first] = seen
    const last = seen.at(-1)
    if (first === undefined || last === undefined) return inconclusive(`Pod ${pod} was not destroyed and restored.`)
    if (isOwnedBy(first.object, owner))
      return violated(`Pod ${pod} was made anew by StatefulSet ${statefulSet} instead of being restored.`, { entries: [first] })
    const other = seen.find(({ object }) => object.metadata.uid !== first.object.metadata.uid)
    if (other !== undefined) return violated(`Pod ${pod} was replaced after it had been restored.`, { entries: [first, other] })
    if (!isOwnedBy(last.object, owner))
      return violated(`Pod ${pod} was restored and never adopted by StatefulSet ${statefulSet}.`, { entries: [first, last] })
  }
  for (const [position, { pod, seen }] of restored.entries()) {
    const before = restored[position - 1]
    const ready = before?.seen.find(({ object }) => isReadyPod(object))
    const [first] = seen
    if (before !== undefined && ready !== undefined && first !== undefined && first.seq > ready.seq)
      return violated(`Pod ${pod} was restored only once ${before.pod} was Ready.`, { entries: [ready, first] })
  }
  return { outcome: 'upheld', evaluated: restored.length }
}

/** What was seen of a Pod since the first of that name was gone. */
function sinceGone(history: readonly HistoryEntry[], pod: string): readonly Observation[] {
  const seen = observationsOf(history, 'Pod', pod)
  const uid = seen[0]?.object.metadata.uid
  return seen.filter(({ object }) => object.metadata.uid !== uid)
}

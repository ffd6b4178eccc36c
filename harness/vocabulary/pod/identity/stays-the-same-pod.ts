import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { restartsOf } from '../readings.ts'

/** A Pod by name, and whether its containers are to have been restarted. */
export interface SamePod {
  readonly pod: string
  readonly restarts: 'none' | 'some'
}

/** A Pod stays the same object, not terminating, with its containers restarted or not, as told. */
export const staysTheSamePod = defineCheck<SamePod>({
  name: 'stays-the-same-pod',
  reads: ['Pod'],
  describe: ({ pod, restarts }) => `Pod ${pod} stays the same Pod with ${restarts === 'none' ? 'no' : 'a'} container restart`,
  judge,
})

function judge({ pod, restarts }: SamePod, history: readonly HistoryEntry[]): Judgement {
  const pods = observationsOf(history, 'Pod', pod)
  const [first] = pods
  const last = pods.at(-1)
  if (first === undefined || last === undefined) return inconclusive(`Pod ${pod} was never seen.`)
  const other = pods.find(({ object }) => object.metadata.uid !== first.object.metadata.uid)
  if (other !== undefined)
    return violated(`Pod ${pod} was replaced by a new Pod (UID ${other.object.metadata.uid}).`, { entries: [first, other] })
  const ending = pods.find(({ event, object }) => event === 'DELETED' || object.metadata.deletionTimestamp !== undefined)
  if (ending !== undefined) return violated(`Pod ${pod} was ended.`, { entries: [first, ending] })
  const restarted = pods.find(({ object }) => restartsOf(object) > 0)
  if (restarts === 'none' && restarted !== undefined) {
    return violated(`A container of Pod ${pod} was restarted.`, {
      expected: 'restartCount 0',
      actual: `restartCount ${restartsOf(restarted.object)}`,
      entries: [first, restarted],
    })
  }
  if (restarts === 'some' && restarted === undefined) return inconclusive(`No container of Pod ${pod} was restarted.`, [last.seq])
  return { outcome: 'upheld', evaluated: pods.length }
}

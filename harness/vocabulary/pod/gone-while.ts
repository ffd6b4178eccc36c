import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import type { PodName } from './conditions.ts'

/** A Pod that was deleted, and what its node had last said of its containers by then. */
export interface GoneWhile extends PodName {
  readonly containers: 'ended' | 'running'
}

/**
 * The object of a Pod goes once its node has said that its containers ended, or while they run, as nobody waits for the node. See
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const goneWhile = defineCheck<GoneWhile>({
  name: 'gone-while',
  reads: ['Pod'],
  describe: ({ pod, containers }) => `Pod ${pod} goes while its containers are known as ${containers}`,
  judge,
})

function judge({ pod, containers }: GoneWhile, history: readonly HistoryEntry[]): Judgement {
  const gone = observationsOf(history, 'Pod', pod).findLast(({ event }) => event === 'DELETED')
  if (gone === undefined) return inconclusive(`Pod ${pod} was not seen to go.`)
  const statuses = field(gone.object, 'status', 'containerStatuses')
  const known = Array.isArray(statuses) ? statuses : []
  if (known.length === 0) return inconclusive(`Nothing was known of the containers of Pod ${pod} when it went.`, [gone.seq])
  const actual = known.every((status) => field(status, 'state', 'terminated') !== undefined) ? 'ended' : 'running'
  if (actual === containers) return { outcome: 'upheld', evaluated: known.length }
  return violated(`Pod ${pod} went while its containers were known as ${actual}.`, { expected: containers, actual, entries: [gone] })
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import type { PodName } from '../conditions.ts'

/**
 * The first Pod of a name was marked for deletion, and its containers ended by themselves with exit code 0, as ours do once they are asked
 * to: none was killed. See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export const endedItself = defineCheck<PodName>({
  name: 'ended-itself',
  reads: ['Pod'],
  describe: ({ pod }) => `the containers of Pod ${pod} end by themselves once they are asked to`,
  judge,
})

function judge({ pod }: PodName, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const ofFirst = seen.filter(({ object }) => object.metadata.uid === seen[0]?.object.metadata.uid)
  const last = ofFirst.findLast(({ object }) => endsOf(object).length > 0)
  if (last === undefined || last.object.metadata.deletionTimestamp === undefined)
    return inconclusive(`How the containers of Pod ${pod} ended after it was marked for deletion was not seen.`)
  const ends = endsOf(last.object)
  const killed = ends.find((end) => field(end, 'exitCode') !== 0)
  if (killed === undefined) return { outcome: 'upheld', evaluated: ends.length }
  const exitCode = String(field(killed, 'exitCode'))
  return violated(`A container of Pod ${pod} ended with exit code ${exitCode}.`, { expected: '0', actual: exitCode, entries: [last] })
}

function endsOf(pod: unknown): readonly unknown[] {
  const statuses = field(pod, 'status', 'containerStatuses')
  const ends = (Array.isArray(statuses) ? statuses : []).map((status) => field(status, 'state', 'terminated'))
  return ends.filter((end) => end !== undefined)
}

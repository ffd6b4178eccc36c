import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf, phaseOf } from '../../../engine/object.ts'

/**
 * No Pod of a name is created before the containers of the one before have ended, as the kubelet of its node says.
 * See https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/#statefulset-considerations
 */
export const onePodPerName = defineCheck<{ readonly pod: string }>({
  name: 'one-pod-per-name',
  reads: ['Pod'],
  describe: ({ pod }) => `each Pod ${pod} is created only after the containers of the one before have ended`,
  judge,
})

function judge({ pod }: { readonly pod: string }, history: readonly HistoryEntry[]): Judgement {
  const seen = observationsOf(history, 'Pod', pod)
  const uids = [...new Set(seen.map(({ object }) => object.metadata.uid))]
  for (const [position, uid] of uids.entries()) {
    const next = seen.find(({ object }) => object.metadata.uid === uids[position + 1])
    const last = seen.findLast((entry) => entry.object.metadata.uid === uid && entry.seq < (next?.seq ?? 0))
    if (next === undefined || last === undefined || hasEnded(last)) continue
    return violated(`A second Pod ${pod} was created though nobody had seen the containers of the first end.`, {
      expected: 'every container of the first reported as terminated before it is gone',
      actual: `the first was gone with ${runningIn(last)}`,
      entries: [last, next],
    })
  }
  return uids.length > 1
    ? { outcome: 'upheld', evaluated: seen.length }
    : inconclusive(`${uids.length} Pods ${pod} were seen: none was replaced.`)
}

function statusesOf({ object }: Observation): readonly unknown[] {
  const statuses = field(object, 'status', 'containerStatuses')
  return Array.isArray(statuses) ? (statuses as readonly unknown[]) : []
}

/** Whether none of the containers runs any more; a Pod that was on no node had none. */
function hasEnded(last: Observation): boolean {
  if (field(last.object, 'spec', 'nodeName') === undefined || endedByPhase(last)) return true
  const statuses = statusesOf(last)
  return statuses.length > 0 && statuses.every((status) => field(status, 'state', 'terminated') !== undefined)
}

/**
 * Whether the kubelet says by the phase that it ended all containers; the statuses beside it may be those of a moment before. Who else
 * writes the phase, does not give the kubelet's reason for containers that are not ready.
 * See https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase
 */
function endedByPhase({ object }: Observation): boolean {
  const conditions = field(object, 'status', 'conditions')
  const ready = Array.isArray(conditions) ? conditions.find((one) => field(one, 'type') === 'ContainersReady') : undefined
  const reason = { Failed: 'PodFailed', Succeeded: 'PodCompleted' }[phaseOf(object) ?? '']
  return reason !== undefined && field(ready, 'reason') === reason
}

function runningIn(last: Observation): string {
  const names = statusesOf(last)
    .filter((status) => field(status, 'state', 'terminated') === undefined)
    .map((status) => `container ${String(field(status, 'name'))} running`)
  return names.length === 0 ? 'no word of its containers' : names.join(', ')
}

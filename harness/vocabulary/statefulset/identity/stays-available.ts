import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'
import { isReadyPod } from '../../pod/readings.ts'

/** A StatefulSet, how many Pods it has, and how many of them are to be available from the moment on when all are. */
export interface Available {
  readonly statefulSet: string
  readonly replicas: number
  readonly atLeast: number
}

/**
 * Once all Pods of a StatefulSet are Ready, there are never fewer Ready ones than told. One that was marked for deletion does not count.
 * See https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets
 */
export const staysAvailable = defineCheck<Available>({
  name: 'stays-available',
  reads: ['Pod'],
  describe: ({ statefulSet, replicas, atLeast }) => `at least ${atLeast} of ${replicas} Pods of StatefulSet ${statefulSet} stay Ready`,
  judge,
})

function judge({ statefulSet, replicas, atLeast }: Available, history: readonly HistoryEntry[]): Judgement {
  const present = new Map<string, Observation>()
  let [wereAll, wasFewer] = [false, false]
  for (const seen of observationsOf(history, 'Pod')) {
    const { name, uid } = seen.object.metadata
    if (ordinalOf(statefulSet, name) === undefined) continue
    if (seen.event === 'DELETED') present.delete(uid)
    else present.set(uid, seen)
    const available = [...present.values()].filter(
      ({ object }) => isReadyPod(object) && object.metadata.deletionTimestamp === undefined,
    ).length
    wereAll ||= available === replicas
    wasFewer ||= wereAll && available < replicas
    if (wereAll && available < atLeast)
      return violated(`Only ${available} of ${replicas} Pods of StatefulSet ${statefulSet} were Ready, fewer than ${atLeast}.`, {
        ...{ expected: `at least ${atLeast} Ready Pods`, actual: `${available} Ready Pods` },
        entries: [...present.values(), seen],
      })
  }
  if (!wereAll) return inconclusive(`The ${replicas} Pods of StatefulSet ${statefulSet} were never seen all Ready.`)
  return wasFewer ? { outcome: 'upheld', evaluated: present.size } : inconclusive(`No Pod of StatefulSet ${statefulSet} was disrupted.`)
}

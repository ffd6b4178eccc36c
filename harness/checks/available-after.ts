import type { Judgement } from '../check.ts'
import { defineCheck } from '../define-check.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../history-entry.ts'
import { inconclusive, violated } from '../judgement.ts'
import { field, observationsOf } from '../object.ts'
import { isReadyPod } from '../readings/pod.ts'
import { ordinalOf } from '../readings/stateful-set.ts'

/** A StatefulSet and the seconds for which its Pods are to be Ready before they count as available. */
export interface Availability {
  readonly statefulSet: string
  readonly seconds: number
}

/**
 * Each Pod is created only when the one before has been Ready for so many seconds, by the times that Kubernetes notes, and the status
 * shows that Pods were Ready before they were available. See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#minimum-ready-seconds
 */
export const availableAfter = defineCheck<Availability>({
  name: 'available-after',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ statefulSet, seconds }) => `Pods of StatefulSet ${statefulSet} count as available once they were Ready for ${seconds} s`,
  judge,
})

function judge({ statefulSet, seconds }: Availability, history: readonly HistoryEntry[]): Judgement {
  const ready = new Map<number, Observation>()
  const created = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const ordinal = ordinalOf(statefulSet, observation.object.metadata.name)
    if (ordinal === undefined) continue
    const before = ready.get(ordinal - 1)
    if (observation.event === 'ADDED' && ordinal > 0) {
      const waited =
        before === undefined ? undefined : secondsBetween(readySince(before.object), observation.object.metadata.creationTimestamp)
      if (before === undefined || waited === undefined)
        return inconclusive(`When Pod ${statefulSet}-${ordinal - 1} became Ready is unknown.`)
      if (waited < seconds) return tooEarly({ statefulSet, ordinal, waited, seconds, entries: [before, observation] })
      created.add(ordinal)
    }
    if (isReadyPod(observation.object)) ready.set(ordinal, observation)
  }
  if (created.size === 0) return inconclusive(`No Pod of StatefulSet ${statefulSet} was made after another.`)
  const sets = observationsOf(history, 'StatefulSet', statefulSet)
  if (sets.some(({ object }) => countOf(object, 'readyReplicas') > countOf(object, 'availableReplicas')))
    return { outcome: 'upheld', looked: created.size }
  return violated(`StatefulSet ${statefulSet} counted every Pod as available as soon as it was Ready.`, { entries: sets.slice(-1) })
}

function tooEarly(
  of: Availability & { readonly ordinal: number; readonly waited: number; readonly entries: readonly Observation[] },
): Judgement {
  const { statefulSet, ordinal, waited, seconds, entries } = of
  const before = `${statefulSet}-${ordinal - 1}`
  return violated(`Pod ${statefulSet}-${ordinal} was created when Pod ${before} had been Ready for ${waited} s.`, {
    expected: `at least ${seconds} s`,
    actual: `${waited} s`,
    entries,
  })
}

function readySince(pod: ObservedObject): unknown {
  const conditions = field(pod, 'status', 'conditions')
  return field(
    (Array.isArray(conditions) ? conditions : []).find((one) => field(one, 'type') === 'Ready'),
    'lastTransitionTime',
  )
}

/** Whole seconds, which is how Kubernetes notes times. */
function secondsBetween(from: unknown, to: unknown): number | undefined {
  const seconds = (Date.parse(String(to)) - Date.parse(String(from))) / 1000
  return Number.isNaN(seconds) ? undefined : seconds
}

function countOf(set: ObservedObject, name: string): number {
  return Number(field(set, 'status', name) ?? 0)
}

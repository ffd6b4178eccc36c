import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../engine/object.ts'
import { isReadyPod } from '../pod/readings.ts'
import { ordinalOf } from '../pod/ordinal-of.ts'

/** A StatefulSet and the seconds for which its Pods are to be Ready before they count as available. */
export interface Availability {
  readonly statefulSet: string
  readonly seconds: number
}

/**
 * Each Pod is created only when the one before has been Ready for so many seconds, and the status shows that Pods were Ready before they
 * were available. Times of kubelet and of the API server are of two clocks, and are not compared: two Pods that the API server made within
 * less than that time are a violation. That the time was kept is read from the clock of the API server, which stored the one as Ready and
 * made the other, or from when this process saw both. See
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#minimum-ready-seconds
 */
export const availableAfter = defineCheck<Availability>({
  name: 'available-after',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ statefulSet, seconds }) => `Pods of StatefulSet ${statefulSet} count as available once they were Ready for ${seconds} s`,
  judge,
})

/** Seconds by which Ready may be noted late: kubelet and the API server note whole seconds, and a watch tells of them a moment later. */
const notedLate = 2

interface Seen {
  readonly made: Observation
  readonly ready: Observation
}

function judge({ statefulSet, seconds }: Availability, history: readonly HistoryEntry[]): Judgement {
  const made = new Map<number, Observation>()
  const seen = new Map<number, Seen>()
  const created = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const ordinal = ordinalOf(statefulSet, observation.object.metadata.name)
    if (ordinal === undefined) continue
    if (observation.event === 'ADDED') {
      made.set(ordinal, observation)
      const doubt =
        ordinal > 0 ? doubtIn({ statefulSet, ordinal, seconds }, { before: seen.get(ordinal - 1), next: observation }) : undefined
      if (doubt !== undefined) return doubt
      if (ordinal > 0) created.add(ordinal)
    }
    const first = made.get(ordinal)
    if (first !== undefined && !seen.has(ordinal) && isReadyPod(observation.object)) seen.set(ordinal, { made: first, ready: observation })
  }
  if (created.size === 0) return inconclusive(`No Pod of StatefulSet ${statefulSet} was made after another.`)
  const sets = observationsOf(history, 'StatefulSet', statefulSet)
  if (sets.some(({ object }) => countOf(object, 'readyReplicas') > countOf(object, 'availableReplicas')))
    return { outcome: 'upheld', evaluated: created.size }
  return inconclusive(`StatefulSet ${statefulSet} was never seen to count a Pod as Ready and not as available.`)
}

/** What keeps the next Pod from counting as made in time; undefined when nothing does. */
function doubtIn(
  { statefulSet, ordinal, seconds }: Availability & { readonly ordinal: number },
  { before, next }: { readonly before: Seen | undefined; readonly next: Observation },
): Judgement | undefined {
  const name = `${statefulSet}-${ordinal - 1}`
  if (before === undefined) return inconclusive(`When Pod ${name} became Ready is unknown.`)
  const apart = secondsBetween(before.made.object.metadata.creationTimestamp, next.object.metadata.creationTimestamp)
  const seen = secondsBetween(before.ready.at, next.at)
  const written = secondsBetween(before.ready.writtenAt, next.object.metadata.creationTimestamp)
  const pair = [before.made, before.ready, next]
  if (apart < seconds)
    return violated(
      `Pod ${statefulSet}-${ordinal} was created ${apart} s after Pod ${name}, which is to be Ready for ${seconds} s before.`,
      {
        expected: `at least ${seconds} s`,
        actual: `${apart} s`,
        entries: pair,
      },
    )
  // Two whole seconds apart may be a second less: their difference must be more.
  if (seen >= seconds - notedLate || written > seconds - notedLate) return undefined
  return inconclusive(
    `Pod ${statefulSet}-${ordinal} was seen ${seen.toFixed(1)} s after Pod ${name} was seen Ready: whether that was ${seconds} s is unknown.`,
    pair.map(({ seq }) => seq),
  )
}

function secondsBetween(from: unknown, to: unknown): number {
  return (Date.parse(String(to)) - Date.parse(String(from))) / 1000
}

function countOf(set: ObservedObject, name: string): number {
  return Number(field(set, 'status', name) ?? 0)
}

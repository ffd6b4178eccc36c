import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { field, observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'
import { ordinalOf } from '../../pod/ordinal-of.ts'

/** A StatefulSet and the seconds for which its Pods are to be Ready before they count as available. */
export interface Availability {
  readonly statefulSet: string
  readonly seconds: number
}

/**
 * Each Pod is created only when the one before has been Ready for so many seconds, the first is counted as available only when it has been
 * so itself, and the status shows that Pods were Ready before they were available. Times of kubelet and of the API server are of two
 * clocks, and are not compared: less than that time between two Pods that the API server made, or between the first and its count, is a
 * violation. That the time was kept is read from the clock of the API server, which stored the one as Ready and then the other, or from
 * when this process saw both. See https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#minimum-ready-seconds
 */
export const availableAfter = defineCheck<Availability>({
  name: 'available-after',
  reads: ['Pod', 'StatefulSet'],
  describe: ({ statefulSet, seconds }) => `Pods of StatefulSet ${statefulSet} count as available once they were Ready for ${seconds} s`,
  judge,
})

/** Seconds by which Ready may be noted late: kubelet and the API server note whole seconds, and a watch tells of them a moment later. */
export const notedLate = 2

interface Seen {
  readonly made: Observation
  readonly ready: Observation
}

/** What must not come before a Pod was Ready for its time: the next Pod, or the count of available Pods in the status. */
interface Next {
  readonly entry: Observation
  /** When the API server stored it, by its own clock. */
  readonly stored: string | undefined
  readonly happened: string
}

function judge({ statefulSet, seconds }: Availability, history: readonly HistoryEntry[]): Judgement {
  const made = new Map<number, Observation>()
  const seen = new Map<number, Seen>()
  const created = new Set<number>()
  for (const observation of observationsOf(history, 'Pod')) {
    const { name, creationTimestamp: stored } = observation.object.metadata
    const ordinal = ordinalOf(statefulSet, name)
    if (ordinal === undefined) continue
    if (observation.event === 'ADDED') {
      made.set(ordinal, observation)
      const next = { entry: observation, stored, happened: `Pod ${name} was created` }
      const doubt = ordinal > 0 ? doubtIn({ statefulSet, ordinal: ordinal - 1, seconds }, seen.get(ordinal - 1), next) : undefined
      if (doubt !== undefined) return doubt
      if (ordinal > 0) created.add(ordinal)
    }
    const first = made.get(ordinal)
    if (first !== undefined && !seen.has(ordinal) && isReadyPod(observation.object)) seen.set(ordinal, { made: first, ready: observation })
  }
  if (created.size === 0) return inconclusive(`No Pod of StatefulSet ${statefulSet} was made after another.`)
  const sets = observationsOf(history, 'StatefulSet', statefulSet)
  const counted = sets.find(({ object }) => countOf(object, 'availableReplicas') > 0)
  if (counted === undefined) return inconclusive(`StatefulSet ${statefulSet} was never seen to count a Pod as available.`)
  const happened = `StatefulSet ${statefulSet} counted its first Pod as available`
  const early = doubtIn({ statefulSet, ordinal: 0, seconds }, seen.get(0), { entry: counted, stored: counted.writtenAt, happened })
  if (early !== undefined) return early
  if (sets.some(({ object }) => countOf(object, 'readyReplicas') > countOf(object, 'availableReplicas')))
    return { outcome: 'upheld', evaluated: created.size }
  return inconclusive(`StatefulSet ${statefulSet} was never seen to count a Pod as Ready and not as available.`)
}

/** What keeps the next thing from counting as done in time; undefined when nothing does. */
function doubtIn(
  { statefulSet, ordinal, seconds }: Availability & { readonly ordinal: number },
  before: Seen | undefined,
  { entry, stored, happened }: Next,
): Judgement | undefined {
  const name = `${statefulSet}-${ordinal}`
  if (before === undefined) return inconclusive(`When Pod ${name} became Ready is unknown.`)
  const apart = secondsBetween(before.made.object.metadata.creationTimestamp, stored)
  const seen = secondsBetween(before.ready.at, entry.at)
  const written = secondsBetween(before.ready.writtenAt, stored)
  const entries = [before.made, before.ready, entry]
  if (apart < seconds) {
    return violated(`${happened} ${apart} s after Pod ${name} was created, which is to be Ready for ${seconds} s before.`, {
      expected: `at least ${seconds} s`,
      actual: `${apart} s`,
      entries,
    })
  }
  // Two whole seconds apart may be a second less: their difference must be more.
  if (seen >= seconds - notedLate || written > seconds - notedLate) return undefined
  return inconclusive(
    `${happened} ${seen.toFixed(1)} s after Pod ${name} was seen Ready: whether that was ${seconds} s is unknown.`,
    entries.map(({ seq }) => seq),
  )
}

/** Seconds from one time to a later one, each as Kubernetes or the history writes it; not a number where one is missing. */
export function secondsBetween(from: unknown, to: unknown): number {
  return (Date.parse(String(to)) - Date.parse(String(from))) / 1000
}

function countOf(set: ObservedObject, name: string): number {
  return Number(field(set, 'status', name) ?? 0)
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry, Observation } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { observationsOf } from '../../../engine/object.ts'
import { isReadyPod } from '../../pod/readings.ts'
import { type Availability, notedLate, secondsBetween } from '../order/available-after.ts'

/**
 * The second Pod of a StatefulSet is created only when the first has been Ready for so many seconds since it was last not Ready, though it
 * had been Ready before. Certain is a violation by the clock of the API server alone: less than that time between when it stored the first
 * as not Ready and when it made the second. See
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#minimum-ready-seconds
 */
export const availableAnew = defineCheck<Availability>({
  name: 'available-anew',
  reads: ['Pod'],
  describe: ({ statefulSet, seconds }) =>
    `the second Pod of StatefulSet ${statefulSet} is created once the first was Ready for ${seconds} s again`,
  judge,
})

function judge({ statefulSet, seconds }: Availability, history: readonly HistoryEntry[]): Judgement {
  const [first, second] = [`${statefulSet}-0`, `${statefulSet}-1`]
  const made = observationsOf(history, 'Pod', second).find(({ event }) => event === 'ADDED')
  if (made === undefined) return inconclusive(`Pod ${second} was never created.`)
  const before = observationsOf(history, 'Pod', first).filter(({ seq }) => seq < made.seq)
  const ready = before.find(({ object }) => isReadyPod(object))
  const lost = before.findLast(({ object, seq }) => !isReadyPod(object) && seq > (ready?.seq ?? Infinity))
  if (ready === undefined || lost === undefined)
    return inconclusive(`Pod ${first} was not seen Ready and then not Ready before Pod ${second} was created.`)
  const again = before.find(({ object, seq }) => isReadyPod(object) && seq > lost.seq)
  const early = (how: string, entries: readonly Observation[]) =>
    violated(`Pod ${second} was created ${how}, which is to be Ready for ${seconds} s before.`, {
      expected: `at least ${seconds} s`,
      actual: how,
      entries,
    })
  if (again === undefined) return early(`while Pod ${first} was not Ready`, [ready, lost, made])
  const { creationTimestamp } = made.object.metadata
  const apart = secondsBetween(lost.writtenAt, creationTimestamp)
  if (apart < seconds) return early(`${apart} s after Pod ${first} was not Ready`, [ready, lost, again, made])
  const [sinceFirst, since] = [ready, again].map(({ at }) => secondsBetween(at, made.at)) as [number, number]
  const kept = since >= seconds - notedLate || secondsBetween(again.writtenAt, creationTimestamp) > seconds - notedLate
  // Had the time gone on from when it was first Ready, the second Pod would have come by then.
  if (kept && sinceFirst > seconds + notedLate) return { outcome: 'upheld', evaluated: before.length }
  return inconclusive(
    `Pod ${second} was created ${since.toFixed(1)} s after Pod ${first} was seen Ready again, ${sinceFirst.toFixed(1)} s after the first time: whether its time started anew is unknown.`,
    [ready, lost, again, made].map(({ seq }) => seq),
  )
}

import type { Judgement } from '../../../engine/judge/check.ts'
import { defineCheck } from '../../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../../engine/judge/judgement.ts'
import { isOwnedBy, observationsOf } from '../../../engine/object.ts'
import { restartsOf } from '../../pod/readings.ts'

/** A Job and how often the container of its Pod is to have been restarted. */
export interface RestartedJob {
  readonly job: string
  readonly restarts: number
}

/** A Job had one Pod all the time, whose container was restarted so often. */
export const oneRestartedPod = defineCheck<RestartedJob>({
  name: 'one-restarted-pod',
  reads: ['Pod'],
  describe: ({ job, restarts }) => `Job ${job} has one Pod, its container restarted ${restarts} times`,
  judge,
})

function judge({ job, restarts }: RestartedJob, history: readonly HistoryEntry[]): Judgement {
  const pods = observationsOf(history, 'Pod').filter(({ object }) => isOwnedBy(object, { kind: 'Job', name: job }))
  const last = pods.at(-1)
  if (last === undefined) return inconclusive(`No Pod of Job ${job} was seen.`)
  const names = [...new Set(pods.map(({ object }) => object.metadata.name))]
  if (names.length > 1)
    return violated(`Job ${job} had ${names.length} Pods instead of one with restarts: ${names.join(', ')}.`, {
      expected: 'one Pod',
      actual: names.join(', '),
      entries: pods.slice(0, 1).concat(last),
    })
  const most = Math.max(...pods.map(({ object }) => restartsOf(object)))
  if (most === restarts) return { outcome: 'upheld', evaluated: pods.length }
  return violated(`The container of the Pod of Job ${job} was restarted ${most} times instead of ${restarts}.`, {
    expected: `${restarts} restarts`,
    actual: `${most} restarts`,
    entries: [last],
  })
}

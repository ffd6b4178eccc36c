import { field, isOwnedBy, latest, observationsOf } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type { JobName } from './conditions.ts'
import { stateOf } from '../pod/conditions.ts'

/** A node was found for a Pod of a Job. */
export const jobScheduled = defineCondition<JobName>({
  name: 'job-scheduled',
  reads: ['Pod'],
  describe: ({ job }) => `a Pod of Job ${job} scheduled`,
  holds: ({ job }, history) => podsOf(history, job).some((pod) => field(latest(history, 'Pod', pod), 'spec', 'nodeName') !== undefined),
  seen: ({ job }, history) => statesOf(history, job),
})

/** A Job has Pods, and no container of them has started. */
export const jobWaiting = defineCondition<JobName>({
  name: 'job-waiting',
  reads: ['Pod'],
  describe: ({ job }) => `the Pod of Job ${job} Pending`,
  holds({ job }, history) {
    const pods = podsOf(history, job)
    return pods.length > 0 && pods.every((pod) => field(latest(history, 'Pod', pod), 'status', 'phase') === 'Pending')
  },
  seen: ({ job }, history) => statesOf(history, job),
})

/** A Job is there, and no Pod was ever made for it. */
export const jobWithoutPods = defineCondition<JobName>({
  name: 'job-without-pods',
  reads: ['Job', 'Pod'],
  describe: ({ job }) => `no Pod of Job ${job}`,
  holds: ({ job }, history) => latest(history, 'Job', job) !== undefined && everOf(history, job).length === 0,
  seen: ({ job }, history) => (latest(history, 'Job', job) === undefined ? `no Job ${job}` : statesOf(history, job)),
})

/** Names of the Pods of a Job that are there. */
function podsOf(history: readonly HistoryEntry[], job: string): readonly string[] {
  return everOf(history, job).filter((name) => latest(history, 'Pod', name) !== undefined)
}

/** Names of all Pods that a Job ever had. */
function everOf(history: readonly HistoryEntry[], job: string): readonly string[] {
  const pods = observationsOf(history, 'Pod').filter(({ object }) => isOwnedBy(object, { kind: 'Job', name: job }))
  return [...new Set(pods.map(({ object }) => object.metadata.name))]
}

function statesOf(history: readonly HistoryEntry[], job: string): string {
  return (
    podsOf(history, job)
      .map((pod) => stateOf(history, pod))
      .join(', ') || `no Pod of Job ${job}`
  )
}

import { field, hasCondition, latest } from '../../engine/object.ts'
import { runsOf } from './runs-of.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'

/** A Job by name. */
export interface JobName {
  readonly job: string
}

/** A Job ended well: as many Pods as it wanted did. */
export const jobComplete = defineCondition<JobName>({
  name: 'job-complete',
  reads: ['Job'],
  describe: ({ job }) => `Job ${job} Complete`,
  holds: ({ job }, history) => endOf(history, job) === 'Complete',
  unreachable: ({ job }, history) => (endOf(history, job) === 'Failed' ? `Job ${job} Failed: ${whyFailed(history, job)}.` : undefined),
  seen: ({ job }, history) => stateOf(history, job),
})

/** A Job was given up. */
export const jobFailed = defineCondition<JobName>({
  name: 'job-failed',
  reads: ['Job'],
  describe: ({ job }) => `Job ${job} Failed`,
  holds: ({ job }, history) => endOf(history, job) === 'Failed',
  unreachable: ({ job }, history) => (endOf(history, job) === 'Complete' ? `Job ${job} is Complete: it reports success.` : undefined),
  seen: ({ job }, history) => stateOf(history, job),
})

/** The controller of a CronJob made so many Jobs by the clock, all told. */
export const cronJobFired = defineCondition<{ readonly cronJob: string; readonly times: number }>({
  name: 'cron-job-fired',
  reads: ['Job'],
  describe: ({ cronJob, times }) => `${times} Jobs made by CronJob ${cronJob}`,
  holds: ({ cronJob, times }, history) => runsOf(history, cronJob).length >= times,
  seen: ({ cronJob }, history) =>
    `Jobs ${
      runsOf(history, cronJob)
        .map(({ job }) => job)
        .join(', ') || 'none'
    }`,
})

function endOf(history: readonly HistoryEntry[], name: string): 'Complete' | 'Failed' | undefined {
  const job = latest(history, 'Job', name)
  if (job === undefined) return undefined
  if (hasCondition(job, 'Complete')) return 'Complete'
  return hasCondition(job, 'Failed') ? 'Failed' : undefined
}

function whyFailed(history: readonly HistoryEntry[], name: string): string {
  const conditions = field(latest(history, 'Job', name), 'status', 'conditions')
  const failed = (Array.isArray(conditions) ? conditions : []).find((one) => field(one, 'type') === 'Failed')
  const reason = field(failed, 'reason')
  return typeof reason === 'string' ? reason : 'no reason given'
}

function stateOf(history: readonly HistoryEntry[], name: string): string {
  const job = latest(history, 'Job', name)
  if (job === undefined) return `no Job ${name}`
  const count = (of: string) => Number(field(job, 'status', of) ?? 0)
  return `${name} ${endOf(history, name) ?? 'not ended'}, ${count('active')} active, ${count('failed')} failed Pods`
}

import type { Judgement } from '../../engine/judge/check.ts'
import { defineCheck } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import { inconclusive, violated } from '../../engine/judge/judgement.ts'
import { runsOf } from './runs-of.ts'

/** A CronJob, and the hours of a day in UTC at which, on the hour, its schedule is due. */
export interface DueAt {
  readonly cronJob: string
  readonly hours: readonly number[]
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds that the clocks of two machines may be apart. */
const clocksApart = 5000

/** Every run of a CronJob is for the latest hour at which it was due, and the name of its Job tells that time. */
export const ranFor = defineCheck<DueAt>({
  name: 'ran-for',
  reads: ['Job'],
  describe: ({ cronJob, hours }) => `CronJob ${cronJob} is due at ${hours.map(clock).join(', ')} UTC`,
  judge,
})

function judge({ cronJob, hours }: DueAt, history: readonly HistoryEntry[]): Judgement {
  const runs = runsOf(history, cronJob)
  const undated = runs.find(({ scheduledAt }) => Number.isNaN(scheduledAt))
  if (undated !== undefined) return inconclusive(`Job ${undated.job} does not say for which time it is.`, [undated.seen.seq])
  for (const { job, seen, scheduledAt } of runs) {
    const made = Date.parse(seen.object.metadata.creationTimestamp ?? seen.at)
    const due = latestDue(hours, made)
    // The controller goes by its own clock, which may be ahead of that of the API server.
    const isDue = [due, latestDue(hours, made + clocksApart)].includes(scheduledAt)
    const reason = { expected: new Date(due).toISOString(), actual: new Date(scheduledAt).toISOString(), entries: [seen] }
    if (!isDue)
      return violated(
        `CronJob ${cronJob} ran for ${reason.actual.slice(11, 16)} UTC, though it is due at ${hours.map(clock).join(', ')}.`,
        reason,
      )
    if (job !== `${cronJob}-${scheduledAt / minute}`)
      return violated(`Job ${job} is not called after the time for which it is, minute ${scheduledAt / minute}.`, reason)
  }
  return { outcome: 'upheld', evaluated: runs.length }
}

/** The last time, in milliseconds since 1970, at one of these hours that is not after a time. */
function latestDue(hours: readonly number[], time: number): number {
  const today = Math.floor(time / day) * day
  const candidates = [today - day, today].flatMap((midnight) => hours.map((one) => midnight + one * hour))
  return Math.max(...candidates.filter((candidate) => candidate <= time))
}

function clock(hours: number): string {
  return `${String(hours).padStart(2, '0')}:00`
}

import type { ScenarioFixtures } from './scenario-fixtures.ts'

/** A day and an hour, in milliseconds: every schedule of at least one run a day has missed one by then, and none a hundred. */
const away = 25 * 60 * 60 * 1000

/**
 * Lets a CronJob be one whose last run was 25 hours ago, as it is after its controller was away for that long: at once the controller
 * makes up for the latest run that was missed. See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations
 */
export async function missedADay(cronJob: string, { namespace }: Pick<ScenarioFixtures, 'namespace'>): Promise<void> {
  const lastScheduleTime = `${new Date(Date.now() - away).toISOString().slice(0, 19)}Z`
  await namespace.patchStatus({ kind: 'CronJob', name: cronJob }, { lastScheduleTime })
}

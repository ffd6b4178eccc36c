import type { ScenarioFixtures } from './scenario-fixtures.ts'

/** A day and an hour, in milliseconds: every schedule of at least one run a day has missed one by then, and none a hundred. */
const away = 25 * 60 * 60 * 1000

/**
 * Sets the last schedule time of a CronJob to 25 hours ago, as if its controller had been down for that long. The controller then starts
 * the latest missed run at once. See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations
 */
export async function simulateMissedSchedules(cronJob: string, { namespace }: Pick<ScenarioFixtures, 'namespace'>): Promise<void> {
  const lastScheduleTime = `${new Date(Date.now() - away).toISOString().slice(0, 19)}Z`
  await namespace.patchStatus({ kind: 'CronJob', name: cronJob }, { lastScheduleTime })
}

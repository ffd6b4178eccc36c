import type { ScenarioFixtures } from './scenario-fixtures.ts'

/** A day and an hour, in milliseconds: every schedule of at least one run a day has missed one by then, and none a hundred. */
const away = 25 * 60 * 60 * 1000

/**
 * Sets the last schedule time of a CronJob to 25 hours ago, as if its controller had been down for that long. The controller then starts
 * the latest missed run at once. See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations
 */
export async function simulateMissedSchedules(cronJob: string, { namespace }: Pick<ScenarioFixtures, 'namespace'>): Promise<void> {
  await namespace.patchStatus({ kind: 'CronJob', name: cronJob }, { lastScheduleTime: whenLeft() })
}

/**
 * Sets the last Backup of a Schedule of Velero to 25 hours ago, as if that long had passed since: one of every day is due then, and is not
 * due again before the next day. See https://velero.io/docs/main/api-types/schedule/
 */
export async function simulateDay(schedule: string, { velero }: Pick<ScenarioFixtures, 'velero'>): Promise<void> {
  await velero.patch({ kind: 'Schedule', name: schedule }, { status: { lastBackup: whenLeft() } })
}

/** Half a day, in hours. */
const halfADay = 12

/** A cron expression of every day that is due in half a day: no guarantee runs until then. */
export function everyDay(): string {
  return `0 ${(new Date().getUTCHours() + halfADay) % (2 * halfADay)} * * *`
}

function whenLeft(): string {
  return `${new Date(Date.now() - away).toISOString().slice(0, 19)}Z`
}

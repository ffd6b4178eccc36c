import { expect } from 'vitest'
import { conformance, cronJob, cronJobFired, endsAtOnce, simulateMissedSchedules, ranFor } from '../../harness/index.ts'

conformance(
  {
    id: 'backup/cronjob-schedule-and-time-zone',
    statement:
      'A CronJob runs at the times of its cron expression, in the time zone of the controller unless spec.timeZone names another. The name of each Job encodes its scheduled time.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/cron-jobs/', section: 'schedule-syntax' },
    requires: [],
    mutants: ['minutes-and-hours-swapped', 'time-zone-dropped'],
    proves: {
      'backup.cron-schedules': { 'at-two': 'at-two', 'six-hourly': 'six-hourly', 'at-one': 'at-one' },
      'backup.retention-consistent-text': { daily: ['at-two', 'at-one'] },
    },
  },
  async (fixtures) => {
    const { namespace, observe, history, limits, cluster } = fixtures
    const run = { image: cluster.workloadImage, script: endsAtOnce }
    const jobs = await observe.jobs()
    await observe.cronJobs()
    await namespace.apply(cronJob('at-two', { ...run, schedule: '0 2 * * *' }))
    await namespace.apply(cronJob('six-hourly', { ...run, schedule: '0 */6 * * *' }))
    // Due at the same hours of UTC: whatever the time is, each of the four hours of a day is the latest one in one of these zones.
    await namespace.apply(cronJob('six-hourly-in-dhaka', { ...run, schedule: '0 */6 * * *', timeZone: 'Asia/Dhaka' }))
    await namespace.apply(cronJob('six-hourly-on-wake', { ...run, schedule: '0 */6 * * *', timeZone: 'Pacific/Wake' }))
    await namespace.apply(cronJob('six-hourly-in-belize', { ...run, schedule: '0 */6 * * *', timeZone: 'America/Belize' }))
    await namespace.apply(cronJob('at-one', { ...run, schedule: '0 1 * * *' }))
    await namespace.apply(cronJob('at-two-in-tokyo', { ...run, schedule: '0 2 * * *', timeZone: 'Asia/Tokyo' }))

    await simulateMissedSchedules('at-two', fixtures)
    await simulateMissedSchedules('six-hourly', fixtures)
    await simulateMissedSchedules('six-hourly-in-dhaka', fixtures)
    await simulateMissedSchedules('six-hourly-on-wake', fixtures)
    await simulateMissedSchedules('six-hourly-in-belize', fixtures)
    await simulateMissedSchedules('at-one', fixtures)
    await simulateMissedSchedules('at-two-in-tokyo', fixtures)
    await expect(jobs).toReach(cronJobFired({ cronJob: 'at-two', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'at-two', hours: [2] }), { as: 'at-two' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'six-hourly', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'six-hourly', hours: [0, 6, 12, 18] }), { as: 'six-hourly' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'six-hourly-in-dhaka', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'six-hourly-in-dhaka', hours: [0, 6, 12, 18] }), { as: 'six-hourly' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'six-hourly-on-wake', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'six-hourly-on-wake', hours: [0, 6, 12, 18] }), { as: 'six-hourly' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'six-hourly-in-belize', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'six-hourly-in-belize', hours: [0, 6, 12, 18] }), { as: 'six-hourly' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'at-one', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'at-one', hours: [1] }), { as: 'at-one' })
    await expect(jobs).toReach(cronJobFired({ cronJob: 'at-two-in-tokyo', times: 1 }), { within: limits.jobEnded })
    await expect(history).toUphold(ranFor({ cronJob: 'at-two-in-tokyo', hours: [17] }))
  },
)

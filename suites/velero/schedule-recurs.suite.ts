import { expect } from 'vitest'
import {
  configMap,
  conformance,
  everyDay,
  scheduledBackupsCompleted,
  scheduleRan,
  scheduleRanNoMore,
  simulateDay,
} from '../../harness/index.ts'

conformance(
  {
    id: 'velero/schedule-recurs',
    statement:
      'A Schedule creates a Backup from its template each time its cron expression is due, labelled with the name of the Schedule. One of every day creates one a day, and a paused one none.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/schedule/', section: 'schedule-api-type' },
    requires: ['Velero'],
    mutants: ['pause-ignored', 'schedules-of-every-minute'],
    proves: {
      'velero.schedule-recurs': {
        'each-time': ['each-time', 'completed'],
        paused: ['each-time', 'paused'],
        daily: ['not-yet', 'first-day', 'second-day', 'no-more'],
      },
    },
    pace: 'slow',
  },
  async (fixtures) => {
    const { namespace, observe, velero, limits, mark } = fixtures
    const backups = await observe.backups()
    await observe.schedules()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))

    const daily = await velero.schedule('daily', { schedule: everyDay() })
    const schedule = await velero.schedule('often', { schedule: '* * * * *' })
    const begun = mark('both are there')
    await expect(backups).toReach(scheduleRan({ schedule, times: 1 }), { within: limits.scheduleRanTwice, as: 'each-time' })
    await expect(backups).toStay(scheduleRanNoMore({ schedule: daily, times: 0 }), {
      for: limits.scheduleWouldRun,
      after: begun,
      as: 'not-yet',
    })
    await simulateDay(daily, fixtures)
    await expect(backups).toReach(scheduleRan({ schedule, times: 2 }), { within: limits.scheduleRanTwice, as: 'each-time' })
    await velero.patch({ kind: 'Schedule', name: schedule }, { spec: { paused: true } })
    const paused = mark('paused')
    await expect(backups).toReach(scheduledBackupsCompleted({ schedule }), { within: limits.backupEnded, as: 'completed' })
    await expect(backups).toReach(scheduleRan({ schedule: daily, times: 1 }), { within: limits.scheduleRanTwice, as: 'first-day' })
    await expect(backups).toReach(scheduledBackupsCompleted({ schedule: daily }), { within: limits.backupEnded, as: 'first-day' })
    await simulateDay(daily, fixtures)
    await expect(backups).toReach(scheduleRan({ schedule: daily, times: 2 }), { within: limits.scheduleRanTwice, as: 'second-day' })
    const secondDay = mark('the second day')

    await expect(backups).toStay(scheduleRanNoMore({ schedule, times: 2 }), { for: limits.scheduleWouldRun, after: paused, as: 'paused' })
    await expect(backups).toStay(scheduleRanNoMore({ schedule: daily, times: 2 }), {
      for: limits.scheduleWouldRun,
      after: secondDay,
      as: 'no-more',
    })
  },
)

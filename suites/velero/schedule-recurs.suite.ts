import { expect } from 'vitest'
import { configMap, conformance, scheduledBackupsCompleted, scheduleRan, scheduleRanNoMore } from '../../harness/index.ts'

conformance(
  {
    id: 'velero/schedule-recurs',
    statement:
      'A Schedule creates a Backup from its template each time its cron expression is due, labelled with the name of the Schedule. A paused Schedule creates none.',
    level: 'MUST',
    source: { page: 'https://velero.io/docs/v1.18/api-types/schedule/', section: 'schedule-api-type' },
    requires: ['Velero'],
    mutants: ['pause-ignored'],
    proves: { 'velero.schedule-recurs': { 'each-time': ['each-time', 'completed'], paused: ['each-time', 'paused'] } },
    pace: 'slow',
  },
  async ({ namespace, observe, velero, limits, mark }) => {
    const backups = await observe.backups()
    await observe.schedules()
    await namespace.apply(configMap('settings', { data: { colour: 'blue' } }))

    const schedule = await velero.schedule('often', { schedule: '* * * * *' })
    await expect(backups).toReach(scheduleRan({ schedule, times: 2 }), { within: limits.scheduleRanTwice, as: 'each-time' })
    await velero.patch({ kind: 'Schedule', name: schedule }, { spec: { paused: true } })
    const paused = mark('paused')
    await expect(backups).toReach(scheduledBackupsCompleted({ schedule }), { within: limits.backupEnded, as: 'completed' })

    await expect(backups).toStay(scheduleRanNoMore({ schedule, times: 2 }), { for: limits.scheduleWouldRun, after: paused, as: 'paused' })
  },
)

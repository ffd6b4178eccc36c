import { expect } from 'vitest'
import { conformance, cronJob, cronJobFired, endsAtOnce, runsByPolicy, takesLong, until } from '../../harness/index.ts'

conformance(
  {
    id: 'backup/cronjob-concurrency-policy',
    statement:
      'Runs of a CronJob overlap by default. With concurrencyPolicy Forbid, a run is skipped while the previous one is active. With Replace, it replaces the previous one.',
    level: 'MUST',
    source: { page: 'concepts/workloads/controllers/cron-jobs/', section: 'concurrency-policy' },
    requires: [],
    mutants: ['overlap-allowed', 'overlap-forbidden'],
    proves: { 'backup.cron-overlap': { forbidden: 'forbidden', unsaid: 'unsaid' } },
    pace: 'slow',
  },
  async ({ namespace, observe, history, limits, cluster }) => {
    const everyMinute = { image: cluster.workloadImage, schedule: '* * * * *' }
    const jobs = await observe.jobs()
    await observe.cronJobs()

    await namespace.apply(cronJob('unsaid', { ...everyMinute, script: takesLong }))
    await namespace.apply(cronJob('forbidden', { ...everyMinute, script: takesLong, concurrencyPolicy: 'Forbid' }))
    await namespace.apply(cronJob('replaced', { ...everyMinute, script: takesLong, concurrencyPolicy: 'Replace' }))
    await namespace.apply(cronJob('clock', { ...everyMinute, script: endsAtOnce }))
    await until(jobs, cronJobFired({ cronJob: 'clock', times: 2 }), { within: limits.cronJobTwice })
    // The controller has checked all of them twice. It gets a moment to act on that.
    await expect(jobs).toStay(cronJobFired({ cronJob: 'clock', times: 2 }), { for: limits.staysUnchanged })

    await expect(history).toUphold(runsByPolicy({ cronJob: 'unsaid', second: 'beside' }), { as: 'unsaid' })
    await expect(history).toUphold(runsByPolicy({ cronJob: 'forbidden', second: 'left-out' }), { as: 'forbidden' })
    await expect(history).toUphold(runsByPolicy({ cronJob: 'replaced', second: 'instead' }))
  },
)

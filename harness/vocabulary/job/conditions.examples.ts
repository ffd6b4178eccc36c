import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { job: 'dump' }
const ended = (type: string, reason?: string) =>
  seen('Job', 'dump', { status: { conditions: [{ type, status: 'True', ...(reason !== undefined && { reason }) }] } })
const running = seen('Job', 'dump', { status: { active: 1 } })
const complete = ended('Complete')
const failed = ended('Failed', 'BackoffLimitExceeded')

export const jobComplete = {
  holds: [{ title: 'ended well', params, history: historyOf(running, complete) }],
  not: [
    { title: 'runs', params, history: historyOf(running) },
    { title: 'failed', params, history: historyOf(running, failed) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.jobComplete>

export const jobFailed = {
  holds: [{ title: 'given up', params, history: historyOf(running, failed) }],
  not: [
    { title: 'runs', params, history: historyOf(running) },
    { title: 'ended well', params, history: historyOf(running, complete) },
  ],
} satisfies Examples<typeof conditions.jobFailed>

const fired = { cronJob: 'dump', times: 2 }
const owners = [{ kind: 'CronJob', name: 'dump', uid: 'c' }]
const byClock = (name: string) => seen('Job', name, { event: 'ADDED', owners })

export const cronJobFired = {
  holds: [{ title: 'twice', params: fired, history: historyOf(byClock('dump-1'), byClock('dump-2'), byClock('dump-2')) }],
  not: [
    { title: 'once, seen twice', params: fired, history: historyOf(byClock('dump-1'), byClock('dump-1')) },
    {
      title: 'one made by hand',
      params: fired,
      history: historyOf(byClock('dump-1'), seen('Job', 'now', { owners, annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' } })),
    },
    { title: 'Jobs of others', params: fired, history: historyOf(byClock('dump-1'), seen('Job', 'other')) },
    { title: 'never', params: fired, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.cronJobFired>

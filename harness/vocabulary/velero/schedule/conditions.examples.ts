import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const schedule = 'hf-1-often'
const made = (time: string, phase: string, by = schedule) =>
  seen('Backup', `${schedule}-${time}`, { labels: { 'velero.io/schedule-name': by }, status: { phase } })
const twice = historyOf(made('1', 'Completed'), made('2', 'InProgress'), made('2', 'Completed'))
const once = historyOf(made('1', 'InProgress'), made('1', 'Completed'))
const asked = historyOf(seen('Backup', `${schedule}-asked`, { status: { phase: 'Completed' } }))

export const scheduleRan = {
  holds: [{ title: 'two, seen several times', params: { schedule, times: 2 }, history: twice }],
  not: [
    { title: 'one, seen twice', params: { schedule, times: 2 }, history: once },
    { title: 'asked for by hand', params: { schedule, times: 1 }, history: asked },
    { title: 'made by another', params: { schedule, times: 1 }, history: historyOf(made('1', 'Completed', 'hf-2-often')) },
    {
      title: 'not valid',
      params: { schedule, times: 1 },
      history: historyOf(seen('Schedule', schedule, { status: { phase: 'FailedValidation', validationErrors: ['invalid schedule'] } })),
    },
  ],
} satisfies Examples<typeof conditions.scheduleRan>

export const scheduleRanNoMore = {
  holds: [
    { title: 'two', params: { schedule, times: 2 }, history: twice },
    { title: 'none', params: { schedule, times: 2 }, history: historyOf() },
  ],
  not: [{ title: 'one too many', params: { schedule, times: 1 }, history: twice }],
} satisfies Examples<typeof conditions.scheduleRanNoMore>

export const scheduledBackupsCompleted = {
  holds: [{ title: 'both', params: { schedule }, history: twice }],
  not: [
    { title: 'none made', params: { schedule }, history: historyOf() },
    { title: 'one goes on', params: { schedule }, history: historyOf(made('1', 'Completed'), made('2', 'InProgress')) },
    { title: 'one failed', params: { schedule }, history: historyOf(made('1', 'PartiallyFailed')) },
  ],
} satisfies Examples<typeof conditions.scheduledBackupsCompleted>

const phased = (phase?: string) => historyOf(seen('Schedule', schedule, { ...(phase !== undefined && { status: { phase } }) }))

export const scheduleEnabled = {
  holds: [{ title: 'enabled', params: { schedule }, history: phased('Enabled') }],
  not: [
    { title: 'nobody has looked at it', params: { schedule }, history: phased() },
    { title: 'not valid', params: { schedule }, history: phased('FailedValidation') },
    { title: 'not there', params: { schedule }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.scheduleEnabled>

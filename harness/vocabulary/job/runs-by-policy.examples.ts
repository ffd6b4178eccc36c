import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './runs-by-policy.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const owners = [{ kind: 'CronJob', name: 'dump', uid: 'c' }]
const running = (name: string) => seen('Job', name, { owners, status: { active: 1 } })
const ended = (name: string) => seen('Job', name, { owners, status: { conditions: [{ type: 'Complete', status: 'True' }] } })
const gone = (name: string) => seen('Job', name, { owners, event: 'DELETED' })
const beside = { cronJob: 'dump', second: 'beside' } as const
const leftOut = { cronJob: 'dump', second: 'left-out' } as const
const instead = { cronJob: 'dump', second: 'instead' } as const
const both = historyOf(running('dump-1'), running('dump-2'))
const one = historyOf(running('dump-1'))
const replaced = historyOf(running('dump-1'), gone('dump-1'), running('dump-2'))

export const runsByPolicy = {
  upholds: [
    { title: 'beside', params: beside, history: both },
    { title: 'left out', params: leftOut, history: one },
    { title: 'in its place', params: instead, history: replaced },
    { title: 'the first had ended', params: instead, history: historyOf(running('dump-1'), ended('dump-1'), running('dump-2')) },
  ],
  rejects: [
    { title: 'they do not overlap', params: beside, history: replaced },
    { title: 'left out and not to be', params: beside, history: one },
    { title: 'not left out', params: leftOut, history: both },
    { title: 'the first stays', params: instead, history: both },
  ],
  gaps: [
    { title: 'never ran', params: leftOut, history: historyOf() },
    { title: 'a run may have been missed', params: leftOut, history: historyOf(running('dump-1'), gap('Job')) },
  ],
} satisfies Examples<typeof checks.runsByPolicy>

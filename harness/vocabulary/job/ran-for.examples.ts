import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'
import type * as checks from './ran-for.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { cronJob: 'dump', hours: [2] }
const owners = [{ kind: 'CronJob', name: 'dump', uid: 'c' }]
const minuteOf = (time: string) => Date.parse(time) / 60_000
// Example histories are of 14 November 2023, 22:13 UTC.
const run = (time: string, name = `dump-${minuteOf(time)}`) =>
  historyOf(seen('Job', name, { owners, annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': time } }))

/** The same by an API server whose clock is at another time. */
const madeAt = (creationTimestamp: string, history: readonly HistoryEntry[]): readonly HistoryEntry[] =>
  history.map((entry) => {
    if (entry.type !== 'observation') return entry
    return { ...entry, object: { ...entry.object, metadata: { ...entry.object.metadata, creationTimestamp } } }
  })

export const ranFor = {
  upholds: [
    { title: 'the last time it was due', params, history: run('2023-11-14T02:00:00Z') },
    {
      title: 'on time by a clock that is ahead of that of the API server',
      params: { cronJob: 'dump', hours: [2, 22] },
      history: madeAt('2023-11-14T21:59:58Z', run('2023-11-14T22:00:00Z')),
    },
    { title: 'told in another time zone', params, history: run('2023-11-14T11:00:00+09:00') },
    { title: 'one of several hours', params: { cronJob: 'dump', hours: [0, 6, 12, 18] }, history: run('2023-11-14T18:00:00Z') },
  ],
  rejects: [
    {
      title: 'long before its time',
      params: { cronJob: 'dump', hours: [2, 22] },
      history: madeAt('2023-11-14T21:59:00Z', run('2023-11-14T22:00:00Z')),
    },
    { title: 'two minutes past midnight', params, history: run('2023-11-14T00:02:00Z') },
    { title: 'an earlier day', params, history: run('2023-11-13T02:00:00Z') },
    { title: 'in the wrong time zone', params: { cronJob: 'dump', hours: [17] }, history: run('2023-11-14T02:00:00Z') },
    { title: 'called otherwise', params, history: run('2023-11-14T02:00:00Z', 'dump-abc') },
  ],
  gaps: [
    { title: 'never ran', params, history: historyOf() },
    { title: 'does not say when', params, history: historyOf(seen('Job', 'dump-1', { owners })) },
    { title: 'a run may have been missed', params, history: historyOf(gap('Job')) },
  ],
} satisfies Examples<typeof checks.ranFor>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './runs-after.ts'
import { gap, historyOf, podDeleted, podReady, seen } from '../../../engine/history/literal.ts'

const params = { first: 'old', second: 'new' }
const at = (second: number) => `2026-01-01T00:00:0${second}Z`
const ended = (second: number) =>
  seen('Pod', 'old', {
    status: { phase: 'Succeeded', containerStatuses: [{ state: { terminated: { startedAt: at(0), finishedAt: at(second) } } }] },
  })
const started = (second: number) =>
  seen('Pod', 'new', { status: { phase: 'Running', containerStatuses: [{ state: { running: { startedAt: at(second) } } }] } })

export const runsAfter = {
  upholds: [
    { title: 'after', params, history: historyOf(podReady('old'), ended(4), started(5)) },
    { title: 'in the same second', params, history: historyOf(podReady('old'), ended(4), started(4)) },
    { title: 'after, by the later event', params, history: historyOf(podReady('old'), started(5), ended(4)) },
  ],
  rejects: [
    { title: 'before', params, history: historyOf(podReady('old'), started(2), ended(4)) },
    { title: 'beside one that never ends', params, history: historyOf(podReady('old'), started(2)) },
  ],
  gaps: [
    { title: 'the first never seen', params, history: historyOf(started(2)) },
    { title: 'the second never seen to start', params, history: historyOf(podReady('old'), ended(4), seen('Pod', 'new')) },
    { title: 'the first gone without an end', params, history: historyOf(podReady('old'), podDeleted('old'), started(5)) },
    { title: 'events may be missing', params, history: historyOf(podReady('old'), gap('Pod'), ended(4), started(5)) },
  ],
} satisfies Examples<typeof checks.runsAfter>

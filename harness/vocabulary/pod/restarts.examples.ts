import type { CheckExamplesOf } from '../../engine/judge/define-check.ts'
import type { ConditionExamplesOf } from '../../engine/judge/define-condition.ts'
import type * as restarts from './restarts.ts'
import { gap, historyOf, podAdded, podReady, podRunning, seen } from '../../engine/history/literal.ts'

const params = { pod: 'slow' }

function at(ready: boolean, { restartCount = 0, since = '2026-01-01T00:00:30Z' } = {}) {
  return seen('Pod', 'slow', {
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: since }],
      containerStatuses: [{ restartCount, state: { running: { startedAt: '2026-01-01T00:00:10Z' } } }],
    },
  })
}

export const restartsReached = {
  holds: [{ title: 'twice', params: { pod: 'slow', restarts: 2 }, history: historyOf(at(false, { restartCount: 2 })) }],
  not: [
    { title: 'once', params: { pod: 'slow', restarts: 2 }, history: historyOf(at(false, { restartCount: 1 })) },
    { title: 'not there', params: { pod: 'slow', restarts: 1 }, history: historyOf(podReady('web-0')) },
  ],
} satisfies ConditionExamplesOf<typeof restarts.restartsReached>

export const neverReady = {
  upholds: [{ title: 'not once', params, history: historyOf(podAdded('slow'), at(false), at(false, { restartCount: 1 })) }],
  rejects: [{ title: 'for a moment', params, history: historyOf(at(false), at(true), at(false)) }],
  gaps: [
    { title: 'perhaps for a moment', params, history: historyOf(at(false), gap('Pod'), at(false)) },
    { title: 'never ran', params, history: historyOf(podAdded('slow'), podRunning('slow')) },
  ],
} satisfies CheckExamplesOf<typeof restarts.neverReady>

export const readyNotBefore = {
  upholds: [
    { title: 'late enough', params: { pod: 'slow', seconds: 20 }, history: historyOf(at(false), at(true)) },
    { title: 'rounded', params: { pod: 'slow', seconds: 21 }, history: historyOf(at(true)) },
  ],
  rejects: [{ title: 'too soon', params: { pod: 'slow', seconds: 20 }, history: historyOf(at(true, { since: '2026-01-01T00:00:11Z' })) }],
  gaps: [
    { title: 'perhaps sooner', params: { pod: 'slow', seconds: 20 }, history: historyOf(gap('Pod'), at(true)) },
    { title: 'never', params: { pod: 'slow', seconds: 20 }, history: historyOf(at(false)) },
  ],
} satisfies CheckExamplesOf<typeof restarts.readyNotBefore>

export const interrupted = {
  upholds: [{ title: 'not Ready meanwhile', params, history: historyOf(at(true), at(false), at(true, { restartCount: 1 })) }],
  rejects: [{ title: 'always Ready', params, history: historyOf(at(true), at(true, { restartCount: 1 })) }],
  gaps: [
    { title: 'not Ready again', params, history: historyOf(at(true), at(false)) },
    { title: 'never restarted', params, history: historyOf(at(true), at(false), at(true)) },
    { title: 'perhaps meanwhile', params, history: historyOf(at(true), gap('Pod'), at(true, { restartCount: 1 })) },
  ],
} satisfies CheckExamplesOf<typeof restarts.interrupted>

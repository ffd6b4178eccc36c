import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './started-before.ts'
import { historyOf, podAdded, podReady, seen } from '../../../engine/history/literal.ts'

const params = { pods: ['web-1', 'web-2'], leader: 'web-0' }
const inState = (name: string, state: Readonly<Record<string, unknown>>) =>
  seen('Pod', name, { status: { phase: 'Running', containerStatuses: [{ restartCount: 0, state }] } })
const runs = (name: string) => inState(name, { running: {} })
const ended = inState('web-2', { terminated: { exitCode: 1 } })
const waits = inState('web-2', { waiting: { reason: 'ContainerCreating' } })

export const startedBefore = {
  upholds: [{ title: 'one runs, one has ended', params, history: historyOf(runs('web-1'), ended, podReady('web-0')) }],
  rejects: [{ title: 'one is started later', params, history: historyOf(runs('web-1'), waits, podReady('web-0'), runs('web-2')) }],
  gaps: [
    { title: 'one never starts', params, history: historyOf(runs('web-1'), podAdded('web-2'), podReady('web-0')) },
    { title: 'the leader is never Ready', params, history: historyOf(runs('web-1'), runs('web-2')) },
  ],
} satisfies Examples<typeof checks.startedBefore>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './restarted-until-ready.ts'
import { historyOf, podAdded, podReady, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'web-1' }
const restarted = seen('Pod', 'web-1', { status: podStatus.restarted })

const failing = { pod: 'web-1', exitCode: 1, leader: 'web-0' }
const ended = (exitCode: number) =>
  seen('Pod', 'web-1', { status: { phase: 'Running', containerStatuses: [{ restartCount: 0, state: { terminated: { exitCode } } }] } })

export const restartedUntilReady = {
  upholds: [
    { title: 'restarted, then Ready', params, history: historyOf(podAdded('web-1'), restarted) },
    { title: 'failed, and Ready after its leader', params: failing, history: historyOf(ended(1), podReady('web-0'), restarted) },
  ],
  rejects: [
    { title: 'Ready at once, restarted later', params, history: historyOf(podReady('web-1'), restarted) },
    { title: 'killed for another cause', params: failing, history: historyOf(ended(137), podReady('web-0'), restarted) },
    { title: 'Ready before its leader', params: failing, history: historyOf(ended(1), restarted, podReady('web-0')) },
    { title: 'Ready without a leader', params: failing, history: historyOf(ended(1), restarted) },
  ],
  gaps: [
    { title: 'never Ready', params, history: historyOf(podAdded('web-1'), podReady('web-0')) },
    { title: 'how it ended was not seen', params: failing, history: historyOf(podReady('web-0'), restarted) },
  ],
} satisfies Examples<typeof checks.restartedUntilReady>

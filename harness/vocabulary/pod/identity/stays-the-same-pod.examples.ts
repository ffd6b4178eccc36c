import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stays-the-same-pod.ts'
import { gap, historyOf, podAdded, podReady, podStatus, podTerminating, seen } from '../../../engine/history/literal.ts'

const none = { pod: 'web-0', restarts: 'none' } as const
const some = { pod: 'web-0', restarts: 'some' } as const
const restarted = seen('Pod', 'web-0', { status: podStatus.restarted })

export const staysTheSamePod = {
  upholds: [
    { title: 'untouched', params: none, history: historyOf(podAdded('web-0'), podReady('web-0'), podReady('web-0')) },
    { title: 'restarted in place', params: some, history: historyOf(podAdded('web-0'), podReady('web-0'), restarted) },
  ],
  rejects: [
    { title: 'restarted though it should not be', params: none, history: historyOf(podAdded('web-0'), restarted) },
    { title: 'replaced', params: some, history: historyOf(podReady('web-0'), restarted, podReady('web-0', 'other')) },
    { title: 'ended', params: none, history: historyOf(podReady('web-0'), podTerminating('web-0')) },
  ],
  gaps: [
    { title: 'a replacement may have come and gone', params: none, history: historyOf(podReady('web-0'), gap('Pod'), podReady('web-0')) },
    { title: 'no restart to judge', params: some, history: historyOf(podReady('web-0')) },
    { title: 'never seen', params: none, history: historyOf(podReady('web-1')) },
  ],
} satisfies Examples<typeof checks.staysTheSamePod>

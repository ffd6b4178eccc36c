import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './pod-terminating.ts'
import { historyOf, podAdded, podDeleted, podReady, podTerminating as terminating } from '../../../engine/history/literal.ts'

const params = { pod: 'web-0' }

export const podTerminating = {
  holds: [{ title: 'marked for deletion', params, history: historyOf(podReady('web-0'), terminating('web-0')) }],
  not: [
    { title: 'nothing seen', params, history: historyOf() },
    { title: 'Running', params, history: historyOf(podReady('web-0')) },
    { title: 'gone', params, history: historyOf(terminating('web-0'), podDeleted('web-0')) },
    { title: 'another in its place', params, history: historyOf(terminating('web-0'), podDeleted('web-0'), podAdded('web-0', 'second')) },
  ],
} satisfies Examples<typeof conditions.podTerminating>

export const podKept = {
  holds: [{ title: 'Running', params, history: historyOf(podReady('web-0')) }],
  not: [
    { title: 'nothing seen', params, history: historyOf() },
    { title: 'marked for deletion', params, history: historyOf(podReady('web-0'), terminating('web-0')) },
    { title: 'gone', params, history: historyOf(podReady('web-0'), podDeleted('web-0')) },
  ],
} satisfies Examples<typeof conditions.podKept>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stays-available.ts'
import { historyOf, podAdded, podDeleted, podReady, podRunning, podTerminating } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 3, atLeast: 2 }
const all = [podReady('web-0'), podReady('web-1'), podReady('web-2')]
const replaced = (name: string) => [podTerminating(name), podDeleted(name), podAdded(name, `new-${name}`), podReady(name, `new-${name}`)]

export const staysAvailable = {
  upholds: [
    { title: 'one after the other', params, history: historyOf(...all, ...replaced('web-0'), ...replaced('web-1')) },
    { title: 'others do not count', params, history: historyOf(...all, podTerminating('web-0'), podTerminating('other-0')) },
  ],
  rejects: [
    { title: 'two at once', params, history: historyOf(...all, podTerminating('web-0'), podTerminating('web-1')) },
    { title: 'the next before the first is Ready', params, history: historyOf(...all, podTerminating('web-0'), podRunning('web-1')) },
  ],
  gaps: [
    { title: 'never all Ready', params, history: historyOf(podReady('web-0'), podTerminating('web-0')) },
    { title: 'nothing happened', params, history: historyOf(...all) },
  ],
} satisfies Examples<typeof checks.staysAvailable>

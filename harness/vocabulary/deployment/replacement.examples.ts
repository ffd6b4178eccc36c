import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './replacement.ts'
import { historyOf, podAdded, podDeleted, podReady, podTerminating } from '../../engine/history/literal.ts'

const params = { deployment: 'app', than: 'app-1' }
const alone = { title: 'the first alone', params, history: historyOf(podReady('app-1')) }
const none = { title: 'nothing seen', params, history: historyOf() }

export const replacementPending = {
  holds: [
    { title: 'beside one that is terminating', params, history: historyOf(podTerminating('app-1'), podAdded('app-2')) },
    { title: 'the first is gone', params, history: historyOf(podReady('app-1'), podDeleted('app-1'), podAdded('app-2')) },
  ],
  not: [
    none,
    alone,
    { title: 'started', params, history: historyOf(podTerminating('app-1'), podReady('app-2')) },
    { title: 'a third has started', params, history: historyOf(podTerminating('app-1'), podAdded('app-2'), podReady('app-3')) },
    { title: 'of another Deployment', params, history: historyOf(podTerminating('app-1'), podAdded('shop-2')) },
  ],
} satisfies Examples<typeof conditions.replacementPending>

export const replacementReady = {
  holds: [{ title: 'beside one that is terminating', params, history: historyOf(podTerminating('app-1'), podReady('app-2')) }],
  not: [
    none,
    alone,
    { title: 'not started', params, history: historyOf(podTerminating('app-1'), podAdded('app-2')) },
    { title: 'on its way out', params, history: historyOf(podTerminating('app-1'), podTerminating('app-2')) },
  ],
} satisfies Examples<typeof conditions.replacementReady>

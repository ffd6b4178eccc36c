import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './scheduling.ts'
import { historyOf, podAdded, podDeleted, podReady, podStatus, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'web-0' }
const none = { title: 'nothing seen', params, history: historyOf() }
const scheduled = seen('Pod', 'web-0', { spec: { nodeName: 'one' }, status: podStatus.pending })
const refused = seen('Pod', 'web-0', {
  status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
})

export const podScheduled = {
  holds: [{ title: 'on a node', params, history: historyOf(podAdded('web-0'), scheduled) }],
  not: [none, { title: 'on none yet', params, history: historyOf(podAdded('web-0')) }],
} satisfies Examples<typeof conditions.podScheduled>

export const podUnschedulable = {
  holds: [{ title: 'the scheduler finds no place', params, history: historyOf(podAdded('web-0'), refused) }],
  not: [
    none,
    { title: 'not looked at yet', params, history: historyOf(podAdded('web-0')) },
    { title: 'scheduled after all', params, history: historyOf(refused, scheduled) },
  ],
} satisfies Examples<typeof conditions.podUnschedulable>

export const podNotStarted = {
  holds: [
    { title: 'Pending', params, history: historyOf(podAdded('web-0')) },
    { title: 'Pending on a node', params, history: historyOf(podAdded('web-0'), scheduled) },
  ],
  not: [
    none,
    { title: 'Running', params, history: historyOf(podReady('web-0')) },
    { title: 'gone', params, history: historyOf(podAdded('web-0'), podDeleted('web-0')) },
  ],
} satisfies Examples<typeof conditions.podNotStarted>

const both = { pods: ['a', 'b'] }

export const allReady = {
  holds: [{ title: 'both', params: both, history: historyOf(podReady('a'), podReady('b')) }],
  not: [{ title: 'one of them', params: both, history: historyOf(podReady('a'), podAdded('b')) }],
} satisfies Examples<typeof conditions.allReady>

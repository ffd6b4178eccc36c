import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './expansion.ts'
import { historyOf, pvcSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data' }
const inStatus = (status: object) => pvcSeen('data', { status: { phase: 'Bound', capacity: { storage: '320Mi' }, ...status } })
const conditioned = (type: string, status = 'True') => inStatus({ conditions: [{ type, status }] })

export const resizePending = {
  holds: [{ title: 'waits for a mount', params, history: historyOf(pvcSeen('data'), conditioned('FileSystemResizePending')) }],
  not: [
    { title: 'no condition', params, history: historyOf(pvcSeen('data')) },
    { title: 'over', params, history: historyOf(conditioned('FileSystemResizePending'), pvcSeen('data', { capacity: '640Mi' })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.resizePending>

export const expansionRefused = {
  holds: [
    { title: 'an error', params, history: historyOf(conditioned('ControllerResizeError')) },
    { title: 'infeasible', params, history: historyOf(inStatus({ allocatedResourceStatuses: { storage: 'ControllerResizeInfeasible' } })) },
  ],
  not: [
    { title: 'under way', params, history: historyOf(inStatus({ allocatedResourceStatuses: { storage: 'ControllerResizeInProgress' } })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.expansionRefused>

import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './node-selected.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data', node: 'one' }
const waiting = seen('PersistentVolumeClaim', 'data', { status: { phase: 'Pending' } })
const selected = (node: string, name = 'data') =>
  seen('PersistentVolumeClaim', name, { annotations: { 'volume.kubernetes.io/selected-node': node } })

export const nodeSelected = {
  holds: [
    { title: 'selected', params, history: historyOf(waiting, selected('one')) },
    { title: 'taken back, as no volume could be made there', params, history: historyOf(selected('one'), waiting) },
  ],
  not: [
    { title: 'none selected', params, history: historyOf(waiting) },
    { title: 'another node', params, history: historyOf(waiting, selected('two')) },
    { title: 'another node before', params, history: historyOf(selected('two'), waiting, selected('one')) },
    { title: 'for another PVC', params, history: historyOf(waiting, selected('one', 'other')) },
  ],
} satisfies Examples<typeof conditions.nodeSelected>

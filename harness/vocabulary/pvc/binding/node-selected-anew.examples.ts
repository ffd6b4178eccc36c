import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './node-selected-anew.ts'
import { gap, historyOf, seen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data' }
const waiting = seen('PersistentVolumeClaim', 'data', { status: { phase: 'Pending' } })
const selected = (node: string) => seen('PersistentVolumeClaim', 'data', { annotations: { 'volume.kubernetes.io/selected-node': node } })

export const nodeSelectedAnew = {
  upholds: [
    { title: 'another node', params, history: historyOf(waiting, selected('one'), waiting, selected('two')) },
    { title: 'the same node again', params, history: historyOf(selected('one'), waiting, selected('one')) },
  ],
  rejects: [
    { title: 'never given up', params, history: historyOf(waiting, selected('one'), selected('one')) },
    { title: 'none selected again', params, history: historyOf(selected('one'), waiting) },
  ],
  gaps: [
    { title: 'none selected', params, history: historyOf(waiting) },
    { title: 'something was missed', params, history: historyOf(selected('one'), gap('PersistentVolumeClaim'), selected('one')) },
  ],
} satisfies Examples<typeof checks.nodeSelectedAnew>

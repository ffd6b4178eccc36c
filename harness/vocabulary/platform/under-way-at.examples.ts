import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'
import type { StateOfObject } from './platform-state.ts'
import type * as checks from './under-way-at.ts'

const at = { namespace: 'hf-example', label: 'as the upgrade begins' }
const params = { at, pvcs: ['data'] }

function pvc(state: Pick<StateOfObject, 'phase' | 'requested' | 'capacity'>): LiteralEntry {
  const value: readonly StateOfObject[] = [{ kind: 'PersistentVolumeClaim', name: 'data', uid: 'a', terminating: false, ...state }]
  return { type: 'measurement', what: 'state', label: at.label, subject: { kind: 'Namespace', name: 'hf-example' }, value }
}

export const underWayAt = {
  upholds: [
    { title: 'Pending', params, history: historyOf(pvc({ phase: 'Pending', requested: '1Gi' })) },
    { title: 'growing', params, history: historyOf(pvc({ phase: 'Bound', requested: '2Gi', capacity: '1Gi' })) },
  ],
  rejects: [{ title: 'done', params, history: historyOf(pvc({ phase: 'Bound', requested: '1Gi', capacity: '1Gi' })) }],
  gaps: [
    { title: 'not read', params, history: historyOf() },
    { title: 'no such PVC', params: { at, pvcs: ['other'] }, history: historyOf(pvc({ phase: 'Pending' })) },
  ],
} satisfies Examples<typeof checks.underWayAt>

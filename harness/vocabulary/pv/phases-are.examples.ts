import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './phases-are.ts'
import { gap, historyOf, pvcSeen, seen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', phases: ['Pending', 'Bound'] }
const pending = seen('PersistentVolumeClaim', 'data', { event: 'ADDED', status: { phase: 'Pending' } })

export const phasesAre = {
  upholds: [{ title: 'in order', params, history: historyOf(pending, pvcSeen('data'), pvcSeen('data')) }],
  rejects: [
    { title: 'Bound at once', params, history: historyOf(pvcSeen('data', { event: 'ADDED' })) },
    { title: 'Lost later', params, history: historyOf(pending, pvcSeen('data'), pvcSeen('data', { status: { phase: 'Lost' } })) },
  ],
  gaps: [
    { title: 'something was missed', params, history: historyOf(pending, gap('PersistentVolumeClaim'), pvcSeen('data')) },
    { title: 'the beginning was not seen', params, history: historyOf(pvcSeen('data')) },
  ],
} satisfies Examples<typeof checks.phasesAre>

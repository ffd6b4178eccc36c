import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './unbound-volume-removed.ts'
import { historyOf, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data' }
const pending = seen('PersistentVolumeClaim', 'data', { event: 'ADDED', status: { phase: 'Pending' } })
const deleted = seen('PersistentVolumeClaim', 'data', { event: 'DELETED', status: { phase: 'Pending' } })
const volume = (event: 'ADDED' | 'DELETED', uid = 'uid-of-data') => pvSeen('late', { event, spec: { claimRef: { uid } } })

export const unboundVolumeRemoved = {
  holds: [{ title: 'made and removed', params, history: historyOf(pending, deleted, volume('ADDED'), volume('DELETED')) }],
  not: [
    { title: 'no volume seen yet', params, history: historyOf(pending, deleted) },
    { title: 'the volume still there', params, history: historyOf(pending, deleted, volume('ADDED')) },
    { title: 'the PVC still there', params, history: historyOf(pending, volume('ADDED'), volume('DELETED')) },
    {
      title: 'the volume of another PVC',
      params,
      history: historyOf(pending, deleted, volume('ADDED', 'other'), volume('DELETED', 'other')),
    },
    { title: 'Bound before', params, history: historyOf(pending, pvcSeen('data'), volume('ADDED')) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.unboundVolumeRemoved>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './capacity-stays.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', capacity: '320Mi' }

export const capacityStays = {
  upholds: [{ title: 'the same size throughout', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data')) }],
  rejects: [
    {
      title: 'a lower request was stored',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data', { request: '300Mi' })),
    },
    {
      title: 'the capacity shrank',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data', { capacity: '300Mi' })),
    },
    {
      title: 'the volume shrank',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvSeen('pv-of-data', { capacity: '300Mi' })),
    },
  ],
  gaps: [
    {
      title: 'a change may have been missed',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), gap('PersistentVolumeClaim')),
    },
    { title: 'the volume was never seen', params, history: historyOf(pvcSeen('data')) },
    { title: 'never Bound', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.capacityStays>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './capacity-stays.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data', capacity: '320Mi' }

export const capacityStays = {
  upholds: [
    { title: 'the same size throughout', params, history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data')) },
    {
      title: 'more than was asked for, throughout',
      params,
      history: historyOf(
        pvcSeen('data', { capacity: '1Gi' }),
        pvSeen('pv-of-data', { capacity: '1Gi' }),
        pvcSeen('data', { capacity: '1Gi' }),
      ),
    },
  ],
  rejects: [
    {
      title: 'a lower request was stored',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data', { request: '300Mi' })),
    },
    {
      title: 'a larger request was stored, though it got no larger',
      params,
      history: historyOf(pvcSeen('data', { request: '640Mi', capacity: '1Gi' }), pvSeen('pv-of-data', { capacity: '1Gi' })),
    },
    {
      title: 'the capacity grew though nobody asked',
      params,
      history: historyOf(pvcSeen('data'), pvSeen('pv-of-data'), pvcSeen('data', { capacity: '640Mi' })),
    },
    {
      title: 'less than was asked for',
      params,
      history: historyOf(pvcSeen('data', { capacity: '300Mi' }), pvSeen('pv-of-data', { capacity: '300Mi' })),
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

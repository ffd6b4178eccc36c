import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './keeps-its-volume.ts'
import { gap, historyOf, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data-web-0' }
const pending = seen('PersistentVolumeClaim', 'data-web-0', { event: 'ADDED', status: { phase: 'Pending' } })
const bound = [pending, pvcSeen('data-web-0'), pvSeen('pv-of-data-web-0')] as const

export const keepsItsVolume = {
  upholds: [
    { title: 'bound once and for all', params, history: historyOf(...bound, pvcSeen('data-web-0')) },
    {
      title: 'another PVC may go',
      params,
      history: historyOf(...bound, pvcSeen('data-web-1', { event: 'DELETED' }), pvcSeen('data-web-0')),
    },
  ],
  rejects: [
    { title: 'deleted', params, history: historyOf(...bound, pvcSeen('data-web-0', { event: 'DELETED' })) },
    { title: 'being deleted', params, history: historyOf(...bound, pvcSeen('data-web-0', { terminating: true })) },
    { title: 'replaced by one of the same name', params, history: historyOf(...bound, pvcSeen('data-web-0', { uid: 'other' })) },
    { title: 'bound to another volume', params, history: historyOf(...bound, pvcSeen('data-web-0', { volume: 'pv-other' })) },
    { title: 'lost', params, history: historyOf(...bound, pvcSeen('data-web-0', { status: { phase: 'Lost' } })) },
    {
      title: 'another handle behind the same PersistentVolume',
      params,
      history: historyOf(...bound, pvSeen('pv-of-data-web-0', { handle: 'other' })),
    },
    {
      title: 'the volume was released',
      params,
      history: historyOf(...bound, pvSeen('pv-of-data-web-0', { status: { phase: 'Released' } })),
    },
  ],
  gaps: [
    { title: 'the PVC may have been away', params, history: historyOf(...bound, gap('PersistentVolumeClaim'), pvcSeen('data-web-0')) },
    { title: 'never Bound', params, history: historyOf(pending) },
    { title: 'the volume was never seen', params, history: historyOf(pvcSeen('data-web-0')) },
  ],
} satisfies Examples<typeof checks.keepsItsVolume>

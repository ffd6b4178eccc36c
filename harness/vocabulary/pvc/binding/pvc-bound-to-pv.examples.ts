import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pvc-bound-to-pv.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data', volume: 'medium' }
const pvcSeenOnce = pvcSeen('data', { uid: 'u', volume: 'medium', capacity: '1Gi' })
const volume = (uid: string, storage = '1Gi') => pvSeen('medium', { spec: { claimRef: { name: 'data', uid }, capacity: { storage } } })

export const pvcBoundToPv = {
  upholds: [{ title: 'to each other', params, history: historyOf(pvcSeenOnce, volume('u')) }],
  rejects: [
    { title: 'to another volume', params, history: historyOf(pvcSeen('data', { volume: 'large' })) },
    { title: 'the volume to another PVC', params, history: historyOf(pvcSeenOnce, volume('other')) },
    { title: 'another capacity', params, history: historyOf(pvcSeenOnce, volume('u', '2Gi')) },
  ],
  gaps: [
    { title: 'never Bound', params, history: historyOf(pvcSeen('data', { status: { phase: 'Pending' } })) },
    { title: 'the volume was missed', params, history: historyOf(pvcSeenOnce, gap('PersistentVolume')) },
    { title: 'the volume was never seen', params, history: historyOf(pvcSeenOnce) },
  ],
} satisfies Examples<typeof checks.pvcBoundToPv>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './no-pvcs-created.ts'
import { gap, historyOf, podReady, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pod: 'scratch' }

export const noPvcsCreated = {
  upholds: [{ title: 'the Pod alone', params, history: historyOf(podReady('scratch')) }],
  rejects: [
    { title: 'a PVC', params, history: historyOf(podReady('scratch'), pvcSeen('scratch-data')) },
    { title: 'a volume', params, history: historyOf(podReady('scratch'), pvSeen('pv')) },
  ],
  gaps: [
    { title: 'one may have been missed', params, history: historyOf(podReady('scratch'), gap('PersistentVolume')) },
    { title: 'the Pod was never there', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.noPvcsCreated>

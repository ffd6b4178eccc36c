import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pvc-has-class.ts'
import { gap, historyOf, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data', storageClass: 'fast' }
const pvc = (storageClassName: string) => pvcSeen('data', { spec: { volumeName: 'pv-of-data', storageClassName } })
const volume = (storageClassName: string) => pvSeen('pv-of-data', { spec: { storageClassName } })

export const pvcHasClass = {
  upholds: [{ title: 'PVC and volume', params, history: historyOf(pvc('fast'), volume('fast')) }],
  rejects: [
    { title: 'another class', params, history: historyOf(pvc('slow'), volume('slow')) },
    { title: 'a volume of another class', params, history: historyOf(pvc('fast'), volume('slow')) },
  ],
  gaps: [
    { title: 'the volume was missed', params, history: historyOf(pvc('fast'), gap('PersistentVolume')) },
    { title: 'never bound', params, history: historyOf(seen('PersistentVolumeClaim', 'data', { spec: { storageClassName: 'fast' } })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.pvcHasClass>

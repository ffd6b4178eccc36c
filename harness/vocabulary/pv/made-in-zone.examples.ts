import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './made-in-zone.ts'
import { gap, historyOf, pvcSeen, seen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', zone: 'zone-a' }
const volume = (...values: readonly string[]) => {
  const expression = { key: 'topology.kubernetes.io/zone', operator: 'In', values }
  return seen('PersistentVolume', 'pv-of-data', {
    spec: values.length === 0 ? {} : { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } } },
  })
}

export const madeInZone = {
  upholds: [{ title: 'that zone', params, history: historyOf(pvcSeen('data'), volume('zone-a')) }],
  rejects: [
    { title: 'another zone', params, history: historyOf(pvcSeen('data'), volume('zone-b')) },
    { title: 'two zones', params, history: historyOf(pvcSeen('data'), volume('zone-a', 'zone-b')) },
    { title: 'no zone', params, history: historyOf(pvcSeen('data'), volume()) },
  ],
  gaps: [
    { title: 'the volume was never seen', params, history: historyOf(pvcSeen('data')) },
    { title: 'it may be bound to another', params, history: historyOf(pvcSeen('data'), volume('zone-a'), gap('PersistentVolumeClaim')) },
  ],
} satisfies Examples<typeof checks.madeInZone>

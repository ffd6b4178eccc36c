import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './stored-with.ts'
import { gap, historyOf, pvSeen } from '../../engine/history/literal.ts'

const params = { kind: 'PersistentVolume', name: 'data', path: ['spec', 'persistentVolumeReclaimPolicy'], value: 'Delete' }
const absent = { ...params, value: null }
const volume = (policy?: string) => pvSeen('data', { spec: { ...(policy !== undefined && { persistentVolumeReclaimPolicy: policy }) } })

export const storedWith = {
  upholds: [
    { title: 'the value', params, history: historyOf(volume('Retain'), volume('Delete')) },
    { title: 'absent', params: absent, history: historyOf(volume()) },
  ],
  rejects: [
    { title: 'another value', params, history: historyOf(volume('Retain')) },
    { title: 'no value', params, history: historyOf(volume()) },
    { title: 'a value where there is to be none', params: absent, history: historyOf(volume('Delete')) },
  ],
  gaps: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'something was missed', params, history: historyOf(volume('Delete'), gap('PersistentVolume')) },
  ],
} satisfies Examples<typeof checks.storedWith>

import { gap, historyOf, pvSeen } from '../../engine/history/literal.ts'
import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-stored-with.ts'

const params = { kind: 'PersistentVolume', name: 'data', path: ['spec', 'claimRef'] }
const free = pvSeen('data', { spec: {} })
const taken = pvSeen('data', { spec: { claimRef: { name: 'other' } } })

export const neverStoredWith = {
  upholds: [{ title: 'in no version', params, history: historyOf(free, free) }],
  rejects: [
    { title: 'in the last version', params, history: historyOf(free, taken) },
    { title: 'in one between', params, history: historyOf(free, taken, free) },
  ],
  gaps: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'a version may have been missed', params, history: historyOf(free, gap('PersistentVolume')) },
  ],
} satisfies Examples<typeof checks.neverStoredWith>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './request-refused.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { verb: 'patch', kind: 'PersistentVolumeClaim', name: 'data', code: 422 }
const act = { type: 'act', actId: '1', verb: 'patch', subject: { kind: 'PersistentVolumeClaim', name: 'data' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested', request: { spec: { resources: { requests: { storage: '300Mi' } } } } }
const rejected = (code: number): LiteralEntry => ({ ...act, phase: 'rejected', answer: { code, reason: 'Reason', message: 'in words' } })

export const requestRefused = {
  upholds: [{ title: 'refused as invalid', params, history: historyOf(requested, rejected(422)) }],
  rejects: [
    { title: 'accepted', params, history: historyOf(requested, { ...act, phase: 'accepted' }) },
    { title: 'refused for another reason', params, history: historyOf(requested, rejected(403)) },
  ],
  gaps: [
    { title: 'no answer arrived', params, history: historyOf(requested, { ...act, phase: 'unknown' }) },
    { title: 'the server broke', params, history: historyOf(requested, rejected(500)) },
    { title: 'never asked', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.requestRefused>

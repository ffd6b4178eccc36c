import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './request-accepted.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { verb: 'create', kind: 'PersistentVolumeClaim', name: 'data' }
const act = { type: 'act', actId: '1', verb: 'create', subject: { kind: 'PersistentVolumeClaim', name: 'data' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested' }
const rejected = (code: number): LiteralEntry => ({ ...act, phase: 'rejected', answer: { code, reason: 'Reason', message: 'in words' } })
const forbidden = rejected(403)

export const requestAccepted = {
  upholds: [{ title: 'done', params, history: historyOf(requested, { ...act, phase: 'accepted' }) }],
  rejects: [
    { title: 'forbidden', params, history: historyOf(requested, forbidden) },
    { title: 'forbidden the second time', params, history: historyOf(requested, { ...act, phase: 'accepted' }, requested, forbidden) },
  ],
  gaps: [
    { title: 'no answer arrived', params, history: historyOf(requested, { ...act, phase: 'unknown' }) },
    { title: 'the server was asked too much', params, history: historyOf(requested, rejected(429)) },
    { title: 'somebody else changed the object meanwhile', params, history: historyOf(requested, rejected(409)) },
    { title: 'the server broke', params, history: historyOf(requested, rejected(503)) },
    { title: 'never asked', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.requestAccepted>

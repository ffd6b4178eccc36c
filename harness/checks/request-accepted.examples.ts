import { historyOf, type LiteralEntry } from './literal.ts'

const params = { verb: 'create', kind: 'PersistentVolumeClaim', name: 'data' }
const act = { type: 'act', actId: '1', verb: 'create', subject: { kind: 'PersistentVolumeClaim', name: 'data' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested' }
const forbidden: LiteralEntry = { ...act, phase: 'rejected', answer: { code: 403, reason: 'Forbidden', message: 'in words' } }

export const examples = {
  upholds: [{ title: 'done', params, history: historyOf(requested, { ...act, phase: 'accepted' }) }],
  rejects: [
    { title: 'forbidden', params, history: historyOf(requested, forbidden) },
    { title: 'forbidden the second time', params, history: historyOf(requested, { ...act, phase: 'accepted' }, requested, forbidden) },
  ],
  gaps: [
    { title: 'no answer arrived', params, history: historyOf(requested, { ...act, phase: 'unknown' }) },
    { title: 'never asked', params, history: historyOf() },
  ],
}

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './eviction-refused.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { pod: 'web-1' }
const act = { type: 'act', actId: '1', verb: 'evict', subject: { kind: 'Pod', name: 'web-1' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested' }
const rejected = (code: number, message: string): LiteralEntry => ({
  ...act,
  phase: 'rejected',
  answer: { code, reason: 'Reason', message },
})
const byBudget = rejected(429, "Cannot evict pod as it would violate the pod's disruption budget.")

export const evictionRefused = {
  upholds: [{ title: 'by the budget', params, history: historyOf(requested, byBudget) }],
  rejects: [
    { title: 'evicted', params, history: historyOf(requested, { ...act, phase: 'accepted' }) },
    { title: 'evicted the second time', params, history: historyOf(requested, byBudget, requested, { ...act, phase: 'accepted' }) },
  ],
  gaps: [
    { title: 'asked too often', params, history: historyOf(requested, rejected(429, 'Too many requests, please try again later.')) },
    { title: 'not there', params, history: historyOf(requested, rejected(404, 'pods "web-1" not found')) },
    { title: 'no answer arrived', params, history: historyOf(requested, { ...act, phase: 'unknown' }) },
    { title: 'never asked', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.evictionRefused>

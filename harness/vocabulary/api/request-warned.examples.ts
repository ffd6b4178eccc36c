import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './request-warned.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { verb: 'apply', kind: 'StorageClass', name: 'old' } as const
const act = { type: 'act', actId: '1', verb: 'apply', subject: { kind: 'StorageClass', name: 'old' } } as const
const requested: LiteralEntry = { ...act, phase: 'requested', request: { volumeBindingMode: 'Immediate' } }
const accepted = (...warnings: readonly string[]): LiteralEntry => ({
  ...act,
  phase: 'accepted',
  answer: { code: 200, reason: 'OK', message: 'resourceVersion 7', ...(warnings.length > 0 && { warnings }) },
})
const rejected: LiteralEntry = { ...act, phase: 'rejected', answer: { code: 422, reason: 'Invalid', message: 'in words' } }
const deprecated = 'allowedTopologies: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17'

export const requestWarned = {
  upholds: [
    { title: 'warned of', params: { ...params, says: 'is deprecated' }, history: historyOf(requested, accepted('other', deprecated)) },
  ],
  rejects: [
    { title: 'not warned of', params: { ...params, says: 'is deprecated' }, history: historyOf(requested, accepted()) },
    { title: 'warned of something else', params: { ...params, says: 'is deprecated' }, history: historyOf(requested, accepted('other')) },
  ],
  gaps: [{ title: 'not accepted', params: { ...params, says: 'is deprecated' }, history: historyOf(requested, rejected) }],
} satisfies Examples<typeof checks.requestWarned>

export const requestNotWarned = {
  upholds: [{ title: 'accepted without a warning', params, history: historyOf(requested, accepted()) }],
  rejects: [{ title: 'warned of', params, history: historyOf(requested, accepted(deprecated)) }],
  gaps: [
    { title: 'not accepted', params, history: historyOf(requested, rejected) },
    { title: 'never asked', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.requestNotWarned>

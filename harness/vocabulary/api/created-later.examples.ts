import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './created-later.ts'
import { gap, historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const params = { kind: 'StorageClass', name: 'new', than: ['old', 'older'] }
const created = (name: string, creationTimestamp?: string): LiteralEntry => ({
  ...{ type: 'observation', event: 'ADDED', kind: 'StorageClass' },
  object: { metadata: { name, uid: name, resourceVersion: '1', ...(creationTimestamp !== undefined && { creationTimestamp }) } },
})
const older = [created('older', '2026-01-01T00:00:00Z'), created('old', '2026-01-01T00:00:01Z')] as const
const later = '2026-01-01T00:00:02Z'

export const createdLater = {
  upholds: [{ title: 'later', params, history: historyOf(...older, created('new', later)) }],
  rejects: [
    { title: 'in one second', params, history: historyOf(...older, created('new', '2026-01-01T00:00:01Z')) },
    { title: 'earlier', params, history: historyOf(...older, created('new', '2025-12-31T00:00:00Z')) },
  ],
  gaps: [
    { title: 'never seen', params, history: historyOf(created('old', later), created('new', later)) },
    { title: 'no time', params, history: historyOf(...older, created('new')) },
    { title: 'something was missed', params, history: historyOf(...older, gap('StorageClass'), created('new', later)) },
  ],
} satisfies Examples<typeof checks.createdLater>

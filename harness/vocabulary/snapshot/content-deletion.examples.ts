import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './content-deletion.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { content: 'content-of-moment' }
const kind = 'VolumeSnapshotContent'
const there = seen(kind, 'content-of-moment', { status: { readyToUse: true } })
const deleting = seen(kind, 'content-of-moment', { terminating: true, status: { readyToUse: true } })
const error = { message: 'snapshot is in use' }

export const contentDeletionAnswered = {
  holds: [
    { title: 'gone', params, history: historyOf(there, deleting, seen(kind, 'content-of-moment', { event: 'DELETED' })) },
    { title: 'refused', params, history: historyOf(there, seen(kind, 'content-of-moment', { terminating: true, status: { error } })) },
  ],
  not: [
    { title: 'never seen', params, history: historyOf() },
    { title: 'there', params, history: historyOf(there) },
    { title: 'being deleted', params, history: historyOf(there, deleting) },
    { title: 'an error from before', params, history: historyOf(seen(kind, 'content-of-moment', { status: { error } })) },
  ],
} satisfies Examples<typeof conditions.contentDeletionAnswered>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './kept-for-its-ttl.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

/** Entries of an example are a tenth of a second apart: three of them are more than what Velero may cut, and less than this. */
const params = { backup: 'hf-1-taken', ttl: 1.25 }
const subject = { kind: 'Backup', name: 'hf-1-taken' }
const asked = { type: 'act', actId: '1', verb: 'apply', subject, phase: 'requested' } as const
const there = seen('Backup', 'hf-1-taken', { status: { phase: 'Completed' } })
const gone = seen('Backup', 'hf-1-taken', { event: 'DELETED' })

export const keptForItsTtl = {
  upholds: [{ title: 'gone after that', params, history: historyOf(asked, there, there, gone) }],
  rejects: [{ title: 'gone before', params, history: historyOf(asked, there, gone) }],
  gaps: [
    { title: 'never asked for', params, history: historyOf(there, gone) },
    { title: 'is there yet', params, history: historyOf(asked, there, there, there) },
  ],
} satisfies Examples<typeof checks.keptForItsTtl>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './hooks-counted.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const params = { backup: 'hf-1-taken', attempted: 2, failed: 0 }
const ended = (hookStatus: Readonly<Record<string, number>>) =>
  seen('Backup', 'hf-1-taken', { status: { phase: 'Completed', completionTimestamp: '2026-01-01T00:00:00Z', hookStatus } })

export const hooksCounted = {
  upholds: [
    { title: 'both ran', params, history: historyOf(ended({ hooksAttempted: 2 })) },
    { title: 'one failed as told', params: { ...params, failed: 1 }, history: historyOf(ended({ hooksAttempted: 2, hooksFailed: 1 })) },
  ],
  rejects: [
    { title: 'none ran', params, history: historyOf(ended({})) },
    { title: 'one failed', params, history: historyOf(ended({ hooksAttempted: 2, hooksFailed: 1 })) },
  ],
  gaps: [
    { title: 'not ended', params, history: historyOf(seen('Backup', 'hf-1-taken', { status: { phase: 'InProgress' } })) },
    { title: 'never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.hooksCounted>

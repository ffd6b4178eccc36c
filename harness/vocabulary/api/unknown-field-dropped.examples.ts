import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './unknown-field-dropped.ts'
import { historyOf, type LiteralEntry, seen } from '../../engine/history/literal.ts'

const params = { backup: 'hf-1-daily', field: 'schedule' }
const sent: LiteralEntry = {
  ...{ type: 'act', actId: '1', verb: 'create', subject: { kind: 'Backup', name: 'hf-1-daily' }, phase: 'requested' },
  request: { spec: { schedule: '@daily' } },
}
const stored = (spec: Readonly<Record<string, unknown>>) => seen('Backup', 'hf-1-daily', { spec })

export const unknownFieldDropped = {
  upholds: [{ title: 'dropped', params, history: historyOf(sent, stored({})) }],
  rejects: [{ title: 'kept', params, history: historyOf(sent, stored({ schedule: '@daily' })) }],
  gaps: [
    { title: 'never sent', params, history: historyOf(stored({})) },
    { title: 'never seen', params, history: historyOf(sent) },
  ],
} satisfies Examples<typeof checks.unknownFieldDropped>

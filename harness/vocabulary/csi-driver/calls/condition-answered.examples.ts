import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './condition-answered.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { calls: { pvc: 'data', label: 'lost' } }

function answered(...conditions: readonly (boolean | null)[]): LiteralEntry {
  return {
    type: 'measurement',
    what: 'driver-calls',
    label: 'lost',
    subject: { kind: 'PersistentVolumeClaim', name: 'data' },
    value: conditions.map((abnormal) => ({
      at: '2026-01-01T00:00:00.000Z',
      method: 'NodeGetVolumeStats',
      code: 'OK',
      request: {},
      response: { usage: [], volume_condition: abnormal === null ? null : { abnormal, message: 'as it is' } },
    })),
  }
}

export const abnormalAnswered = {
  upholds: [
    { title: 'abnormal', params, history: historyOf(answered(true)) },
    { title: 'abnormal by now', params, history: historyOf(answered(false, true)) },
  ],
  rejects: [
    { title: 'not abnormal', params, history: historyOf(answered(false)) },
    { title: 'not abnormal any more', params, history: historyOf(answered(true, false)) },
    { title: 'no condition', params, history: historyOf(answered(null)) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'never asked', params, history: historyOf(answered()) },
  ],
} satisfies Examples<typeof checks.abnormalAnswered>

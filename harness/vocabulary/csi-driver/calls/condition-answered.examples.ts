import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './condition-answered.ts'
import { historyOf } from '../../../engine/history/literal.ts'
import { callAnswered, callsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'lost' } }

const answered = (...conditions: readonly (boolean | null)[]) =>
  callsRead(
    'lost',
    conditions.map((abnormal) => {
      const volume_condition = abnormal === null ? null : { abnormal, message: 'as it is' }
      return callAnswered('NodeGetVolumeStats', { usage: [], volume_condition })
    }),
  )

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

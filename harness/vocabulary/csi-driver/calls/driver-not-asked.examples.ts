import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './driver-not-asked.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { calls: { pvc: 'data', label: 'made' }, method: 'ControllerExpandVolume' }
const called = (...methods: readonly string[]): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'made',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: methods.map((method) => ({ at: '2026-01-01T00:00:00.000Z', method, code: 'OK', request: {} })),
})

export const driverNotAsked = {
  upholds: [{ title: 'other calls only', params, history: historyOf(called('CreateVolume', 'NodeStageVolume')) }],
  rejects: [{ title: 'called', params, history: historyOf(called('CreateVolume', 'ControllerExpandVolume')) }],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'no calls at all', params, history: historyOf(called()) },
  ],
} satisfies Examples<typeof checks.driverNotAsked>

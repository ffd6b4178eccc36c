import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './driver-asked.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = {
  calls: { pvc: 'data', label: 'made' },
  method: 'CreateVolume',
  path: ['parameters', 'placement'],
  value: 'node-local',
}
const called = (...parameters: readonly object[]): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'made',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: parameters.map((each) => ({ at: '2026-01-01T00:00:00.000Z', method: 'CreateVolume', code: 'OK', request: { parameters: each } })),
})

export const driverAsked = {
  upholds: [{ title: 'carried', params, history: historyOf(called({ placement: 'node-local' })) }],
  rejects: [
    { title: 'another value', params, history: historyOf(called({ placement: 'movable' })) },
    { title: 'dropped once', params, history: historyOf(called({ placement: 'node-local' }, {})) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'never called', params, history: historyOf(called()) },
  ],
} satisfies Examples<typeof checks.driverAsked>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './called-since.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { calls: { pvc: 'data', label: 'in the end' }, method: 'CreateVolume', mark: 'it goes on' }
const mark: LiteralEntry = { type: 'mark', name: 'it goes on' }
// The first entry of an example history is of the year 2023.
const read = (year: number, method = 'CreateVolume'): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'in the end',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: [{ at: `${year}-01-01T00:00:00.000Z`, method, code: 'OK', request: {} }],
})

export const calledSince = {
  upholds: [{ title: 'later', params, history: historyOf(mark, read(2026)) }],
  rejects: [{ title: 'before', params, history: historyOf(mark, read(2020)) }],
  gaps: [
    { title: 'another method alone', params, history: historyOf(mark, read(2020, 'ValidateVolumeCapabilities')) },
    { title: 'never read', params, history: historyOf(mark) },
    { title: 'no mark', params, history: historyOf(read(2026)) },
  ],
} satisfies Examples<typeof checks.calledSince>

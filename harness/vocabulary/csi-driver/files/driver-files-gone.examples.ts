import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './driver-files-gone.ts'
import { historyOf, type LiteralEntry, pvSeen } from '../../../engine/history/literal.ts'

const params = { namespace: 'hf-example', label: 'destroyed' }
const read = (left: readonly string[] | null, handles = ['handle-of-pv-of-data']): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-files',
  label: 'destroyed',
  subject: { kind: 'Namespace', name: 'hf-example' },
  value: { handles, left },
})
const there = pvSeen('pv-of-data')
const gone = pvSeen('pv-of-data', { event: 'DELETED' })

export const driverFilesGone = {
  upholds: [
    { title: 'object and file gone', params, history: historyOf(there, gone, read([])) },
    { title: 'object gone, files not to be read', params, history: historyOf(there, gone, read(null)) },
  ],
  rejects: [
    { title: 'file left', params, history: historyOf(there, gone, read(['volumes/handle-of-pv-of-data.img'])) },
    { title: 'object left', params, history: historyOf(there, read(null)) },
  ],
  gaps: [
    { title: 'never looked at', params, history: historyOf(there, gone) },
    { title: 'no volume to look for', params, history: historyOf(read([], [])) },
  ],
} satisfies Examples<typeof checks.driverFilesGone>

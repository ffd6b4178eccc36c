import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-created.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { kind: 'VolumeSnapshot', name: 'denied' }
const other = seen('VolumeSnapshot', 'nightly', { event: 'ADDED' })
const denied = seen('VolumeSnapshot', 'denied', { event: 'ADDED' })

export const neverCreated = {
  upholds: [{ title: 'only another one', params, history: historyOf(other) }],
  rejects: [
    { title: 'created', params, history: historyOf(other, denied) },
    { title: 'created and gone', params, history: historyOf(other, denied, seen('VolumeSnapshot', 'denied', { event: 'DELETED' })) },
  ],
  gaps: [
    { title: 'none was seen at all', params, history: historyOf() },
    { title: 'it may have been missed', params, history: historyOf(other, gap('VolumeSnapshot')) },
  ],
} satisfies Examples<typeof checks.neverCreated>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './only-once-ready.ts'
import { gap, historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const bound = { volumeSnapshot: 'moment', pvc: 'restored', until: 'Bound' } as const
const gone = { volumeSnapshot: 'moment', pvc: 'source', until: 'gone' } as const

function pvc(
  name: string,
  resourceVersion: string,
  { event = 'MODIFIED', phase, terminating }: { event?: 'MODIFIED' | 'DELETED'; phase: string; terminating?: boolean },
): LiteralEntry {
  const metadata = { name, uid: `uid-of-${name}`, resourceVersion, ...(terminating && { deletionTimestamp: '2026-01-01T00:00:00Z' }) }
  return { type: 'observation', event, kind: 'PersistentVolumeClaim', object: { metadata, status: { phase } } }
}

const ready = (resourceVersion: string): LiteralEntry => ({
  type: 'observation',
  event: 'MODIFIED',
  kind: 'VolumeSnapshot',
  object: { metadata: { name: 'moment', uid: 'uid-of-moment', resourceVersion }, status: { readyToUse: true } },
})

const pending = pvc('restored', '10', { phase: 'Pending' })
const terminating = pvc('source', '10', { phase: 'Bound', terminating: true })
const deleted = (resourceVersion: string) => pvc('source', resourceVersion, { event: 'DELETED', phase: 'Bound', terminating: true })

export const onlyOnceReady = {
  upholds: [
    { title: 'Bound after', params: bound, history: historyOf(pending, ready('20'), pvc('restored', '30', { phase: 'Bound' })) },
    { title: 'gone after', params: gone, history: historyOf(terminating, ready('20'), deleted('30')) },
    { title: 'gone after, by the later watch', params: gone, history: historyOf(terminating, deleted('30'), ready('20')) },
  ],
  rejects: [
    { title: 'Bound before', params: bound, history: historyOf(pending, pvc('restored', '15', { phase: 'Bound' }), ready('20')) },
    { title: 'gone before', params: gone, history: historyOf(terminating, deleted('15'), ready('20')) },
    { title: 'gone, and never ready', params: gone, history: historyOf(terminating, deleted('15')) },
  ],
  gaps: [
    { title: 'events may be missing', params: gone, history: historyOf(terminating, gap('VolumeSnapshot'), deleted('15')) },
    { title: 'asked too late', params: bound, history: historyOf(ready('5'), pending, pvc('restored', '30', { phase: 'Bound' })) },
    { title: 'never gone', params: gone, history: historyOf(terminating, ready('20')) },
  ],
} satisfies Examples<typeof checks.onlyOnceReady>

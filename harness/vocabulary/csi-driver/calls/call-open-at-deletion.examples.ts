import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './call-open-at-deletion.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'
import { timedCallsRead } from './literal-calls.ts'

const params = { calls: { pvc: 'data', label: 'later' }, method: 'CreateVolume' }
/** The deletion is asked for 100 ms after the begin of an example history, and answered 200 ms after it. */
const marked: LiteralEntry = { type: 'mark', name: 'begin' }
const deletion = (phase: 'requested' | 'accepted', name = 'data'): LiteralEntry => ({
  ...{ type: 'act', actId: `deletion of ${name}`, verb: 'delete', subject: { kind: 'PersistentVolumeClaim', name }, phase },
})
const deleted = [marked, deletion('requested'), deletion('accepted')] as const

export const callOpenAtDeletion = {
  upholds: [{ title: 'open all the time', params, history: historyOf(...deleted, timedCallsRead([50, 6000])) }],
  rejects: [
    { title: 'ended before', params, history: historyOf(...deleted, timedCallsRead([50, 20])) },
    { title: 'begun afterwards', params, history: historyOf(...deleted, timedCallsRead([250, 6000])) },
    { title: 'another method', params, history: historyOf(...deleted, timedCallsRead([50, 6000, 'DeleteVolume'])) },
    { title: 'no call', params, history: historyOf(...deleted, timedCallsRead()) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf(...deleted) },
    { title: 'never deleted', params, history: historyOf(marked, timedCallsRead([50, 6000])) },
    { title: 'without an answer', params, history: historyOf(marked, deletion('requested'), timedCallsRead([50, 6000])) },
    {
      title: 'another deleted',
      params,
      history: historyOf(marked, deletion('requested', 'other'), deletion('accepted', 'other'), timedCallsRead([50, 6000])),
    },
  ],
} satisfies Examples<typeof checks.callOpenAtDeletion>

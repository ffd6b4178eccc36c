import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './stays-attached.ts'
import { attachmentSeen, gap, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data' }
const bound = [pvcSeen('data'), pvSeen('pv-of-data')] as const
const asked = attachmentSeen('a', { node: 'one', attached: false })
const attached = attachmentSeen('a', { node: 'one' })

export const staysAttached = {
  upholds: [
    { title: 'attached once', params, history: historyOf(...bound, asked, attached, attached) },
    {
      title: 'another volume may be detached',
      params,
      history: historyOf(...bound, asked, attached, attachmentSeen('b', { node: 'one', volume: 'pv-of-other', event: 'DELETED' })),
    },
  ],
  rejects: [
    { title: 'deleted', params, history: historyOf(...bound, attached, attachmentSeen('a', { node: 'one', event: 'DELETED' })) },
    { title: 'being deleted', params, history: historyOf(...bound, attached, attachmentSeen('a', { node: 'one', terminating: true })) },
    { title: 'no longer attached', params, history: historyOf(...bound, attached, asked) },
    { title: 'attached once more', params, history: historyOf(...bound, attached, attachmentSeen('a', { node: 'one', uid: 'other' })) },
    { title: 'attached to a second node', params, history: historyOf(...bound, attached, attachmentSeen('b', { node: 'other' })) },
  ],
  gaps: [
    { title: 'may have been detached unseen', params, history: historyOf(...bound, attached, gap('VolumeAttachment')) },
    { title: 'never attached', params, history: historyOf(...bound, asked) },
    { title: 'never Bound', params, history: historyOf(attached) },
    { title: 'its volume was never seen', params, history: historyOf(pvcSeen('data'), attached) },
  ],
} satisfies Examples<typeof checks.staysAttached>

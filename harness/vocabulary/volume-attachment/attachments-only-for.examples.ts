import { attachmentSeen, gap, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'
import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './attachments-only-for.ts'

const params = { pvc: 'data', nodes: ['one'], byHand: 'ours' }
const bound = [pvcSeen('data'), pvSeen('pv-of-data')]
const first = attachmentSeen('a', { node: 'one' })

export const attachmentsOnlyFor = {
  upholds: [
    { title: 'one node', params, history: historyOf(...bound, first) },
    {
      title: 'by hand for another',
      params,
      history: historyOf(...bound, first, attachmentSeen('ours', { node: 'other', attached: false })),
    },
    {
      title: 'another volume on another node',
      params,
      history: historyOf(...bound, first, attachmentSeen('c', { node: 'other', volume: 'pv-of-others' })),
    },
  ],
  rejects: [
    {
      title: 'asked for on another node',
      params,
      history: historyOf(...bound, first, attachmentSeen('b', { node: 'other', attached: false })),
    },
    { title: 'attached to another node', params, history: historyOf(...bound, first, attachmentSeen('b', { node: 'other' })) },
  ],
  gaps: [
    { title: 'one may have been missed', params, history: historyOf(...bound, first, gap('VolumeAttachment')) },
    { title: 'never attached', params, history: historyOf(...bound) },
    { title: 'never Bound', params, history: historyOf(first) },
  ],
} satisfies Examples<typeof checks.attachmentsOnlyFor>

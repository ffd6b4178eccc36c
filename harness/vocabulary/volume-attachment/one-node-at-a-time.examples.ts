import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './one-node-at-a-time.ts'
import { attachmentSeen, gap, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', nodes: ['one', 'other'] }
const boundPvcs = pvcSeen('data')
const volume = pvSeen('pv-of-data')
const first = attachmentSeen('a', { node: 'one' })
const firstGone = attachmentSeen('a', { node: 'one', event: 'DELETED' })
const second = attachmentSeen('b', { node: 'other' })

export const oneNodeAtATime = {
  upholds: [
    { title: 'moved', params, history: historyOf(boundPvcs, volume, first, firstGone, second) },
    {
      title: 'asked for early, attached late',
      params,
      history: historyOf(boundPvcs, volume, first, attachmentSeen('b', { node: 'other', attached: false }), firstGone, second),
    },
    {
      title: 'refused on the other node',
      params: { pvc: 'data', nodes: ['one'] },
      history: historyOf(boundPvcs, volume, first, attachmentSeen('b', { node: 'other', attached: false, error: 'attached elsewhere' })),
    },
    {
      title: 'another volume may be anywhere',
      params: { pvc: 'data', nodes: ['one'] },
      history: historyOf(boundPvcs, volume, first, attachmentSeen('c', { node: 'other', volume: 'pv-of-others' })),
    },
  ],
  rejects: [
    { title: 'on two nodes at once', params, history: historyOf(boundPvcs, volume, first, second, firstGone) },
    {
      title: 'came back',
      params,
      history: historyOf(boundPvcs, volume, first, firstGone, second, attachmentSeen('b', { node: 'other', event: 'DELETED' }), first),
    },
    { title: 'never moved', params, history: historyOf(boundPvcs, volume, first) },
  ],
  gaps: [
    { title: 'the move may have been missed', params, history: historyOf(boundPvcs, volume, first, gap('VolumeAttachment')) },
    { title: 'never attached', params, history: historyOf(boundPvcs, volume) },
    { title: 'never Bound', params, history: historyOf(first) },
    { title: 'its volume was never seen', params, history: historyOf(boundPvcs, first, firstGone, second) },
  ],
} satisfies Examples<typeof checks.oneNodeAtATime>

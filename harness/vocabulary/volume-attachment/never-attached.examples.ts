import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-attached.ts'
import { attachmentSeen, gap, historyOf, pvcSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', unlike: 'other' }
const bound = [pvcSeen('data'), pvcSeen('other')]
const other = attachmentSeen('b', { node: 'one', volume: 'pv-of-other', attached: false })

export const neverAttached = {
  upholds: [{ title: 'the other one alone', params, history: historyOf(...bound, other) }],
  rejects: [
    { title: 'both', params, history: historyOf(...bound, other, attachmentSeen('a', { node: 'one', attached: false })) },
    { title: 'this one alone', params, history: historyOf(...bound, attachmentSeen('a', { node: 'one' })) },
  ],
  gaps: [
    { title: 'neither', params, history: historyOf(...bound) },
    { title: 'never Bound', params, history: historyOf(pvcSeen('other'), other) },
    { title: 'one may have been missed', params, history: historyOf(...bound, other, gap('VolumeAttachment')) },
  ],
} satisfies Examples<typeof checks.neverAttached>

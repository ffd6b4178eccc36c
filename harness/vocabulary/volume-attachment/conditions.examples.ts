import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { attachmentSeen, historyOf, pvcSeen, pvSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', node: 'other' }
const code = 'rpc error: code = '
const boundPvcs = pvcSeen('data')

export const attachRefused = {
  holds: [
    {
      title: 'refused',
      params,
      history: historyOf(
        boundPvcs,
        attachmentSeen('b', { node: 'other', attached: false, error: `${code}FailedPrecondition desc = attached to one` }),
      ),
    },
  ],
  not: [
    { title: 'not answered yet', params, history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other', attached: false })) },
    { title: 'attached', params, history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other' })) },
    {
      title: 'not answered by the driver',
      params,
      history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other', attached: false, error: `${code}DeadlineExceeded desc = late` })),
    },
    {
      title: 'its sidecar failed',
      params,
      history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other', attached: false, error: 'PersistentVolume not found' })),
    },
    { title: 'never asked', params, history: historyOf(boundPvcs) },
    {
      title: 'another volume refused',
      params,
      history: historyOf(
        boundPvcs,
        attachmentSeen('b', { node: 'other', volume: 'pv-of-others', attached: false, error: `${code}NotFound desc = no` }),
      ),
    },
  ],
} satisfies Examples<typeof conditions.attachRefused>

export const attachmentUndone = {
  holds: [
    { title: 'never asked', params, history: historyOf(boundPvcs) },
    {
      title: 'undone',
      params,
      history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other' }), attachmentSeen('b', { node: 'other', event: 'DELETED' })),
    },
    { title: 'to another node', params, history: historyOf(boundPvcs, attachmentSeen('a', { node: 'one' })) },
  ],
  not: [
    { title: 'asked for', params, history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other', attached: false })) },
    { title: 'the PVC was never seen', params, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.attachmentUndone>

const here = { pvc: 'data', node: 'one' }

export const volumeAttached = {
  holds: [{ title: 'attached', params: here, history: historyOf(boundPvcs, attachmentSeen('a', { node: 'one' })) }],
  not: [
    { title: 'asked for', params: here, history: historyOf(boundPvcs, attachmentSeen('a', { node: 'one', attached: false })) },
    { title: 'attached elsewhere', params: here, history: historyOf(boundPvcs, attachmentSeen('b', { node: 'other' })) },
    { title: 'not any more', params: here, history: historyOf(boundPvcs, attachmentSeen('a', { node: 'one', event: 'DELETED' })) },
  ],
} satisfies Examples<typeof conditions.volumeAttached>

const detached = { pvc: 'data' }
const volume = pvSeen('pv-of-data')
const attached = attachmentSeen('a', { node: 'one' })
const gone = attachmentSeen('a', { node: 'one', event: 'DELETED' })
const ofAnother = attachmentSeen('c', { node: 'one', volume: 'pv-of-others' })

export const volumeDetached = {
  holds: [
    { title: 'detached', params: detached, history: historyOf(boundPvcs, volume, attached, gone) },
    { title: 'another volume stays', params: detached, history: historyOf(boundPvcs, volume, ofAnother) },
  ],
  not: [
    { title: 'attached', params: detached, history: historyOf(boundPvcs, volume, attached) },
    { title: 'the PVC was never seen', params: detached, history: historyOf() },
    { title: 'its volume was never seen', params: detached, history: historyOf(boundPvcs) },
  ],
} satisfies Examples<typeof conditions.volumeDetached>

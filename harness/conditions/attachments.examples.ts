import { attachmentSeen, historyOf, pvcSeen } from '../checks/literal.ts'

const params = { pvc: 'data', node: 'other' }
const claimed = pvcSeen('data')

export const attachRefused = {
  holds: [
    {
      title: 'refused',
      params,
      history: historyOf(claimed, attachmentSeen('b', { node: 'other', attached: false, error: 'attached to one' })),
    },
  ],
  not: [
    { title: 'not answered yet', params, history: historyOf(claimed, attachmentSeen('b', { node: 'other', attached: false })) },
    { title: 'attached', params, history: historyOf(claimed, attachmentSeen('b', { node: 'other' })) },
    { title: 'never asked', params, history: historyOf(claimed) },
    {
      title: 'another volume refused',
      params,
      history: historyOf(claimed, attachmentSeen('b', { node: 'other', volume: 'pv-of-others', attached: false, error: 'no' })),
    },
  ],
}

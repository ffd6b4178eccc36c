import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './restored-on-old-handle.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvc: 'data' }
const before = [pvcSeen('data', { uid: 'uid-a', volume: 'pv-1' }), pvSeen('pv-1', { handle: 'one' })] as const
const gone = [
  pvcSeen('data', { uid: 'uid-a', volume: 'pv-1', event: 'DELETED' }),
  pvSeen('pv-1', { handle: 'one', event: 'DELETED' }),
] as const
const back = (volume: string) => pvcSeen('data', { uid: 'uid-b', volume })

export const restoredOnOldHandle = {
  upholds: [
    {
      title: 'the PersistentVolume came back under its name',
      params,
      history: historyOf(...before, ...gone, pvSeen('pv-1', { uid: 'uid-2', handle: 'one' }), back('pv-1')),
    },
    {
      title: 'under another name',
      params,
      history: historyOf(...before, ...gone, pvSeen('pv-2', { handle: 'one' }), back('pv-2')),
    },
  ],
  rejects: [{ title: 'another volume', params, history: historyOf(...before, ...gone, pvSeen('pv-2', { handle: 'two' }), back('pv-2')) }],
  gaps: [
    { title: 'the PVC did not come back', params, history: historyOf(...before, ...gone) },
    { title: 'the PersistentVolume was never gone', params, history: historyOf(...before, back('pv-1')) },
    { title: 'some may have been missed', params, history: historyOf(...before, gap('PersistentVolume'), back('pv-1')) },
  ],
} satisfies Examples<typeof checks.restoredOnOldHandle>

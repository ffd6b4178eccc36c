import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './restored-as-new-objects.ts'
import { gap, historyOf, podDeleted, podReady, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pods: ['keeper'], pvcs: ['data'] }
const before = [podReady('keeper', 'uid-1'), pvcSeen('data', { uid: 'uid-a', volume: 'pv-1' }), pvSeen('pv-1', { handle: 'one' })] as const
const gone = [
  podDeleted('keeper', 'uid-1'),
  pvcSeen('data', { uid: 'uid-a', volume: 'pv-1', event: 'DELETED' }),
  pvSeen('pv-1', { handle: 'one', event: 'DELETED' }),
] as const
const pvc = pvcSeen('data', { uid: 'uid-b', volume: 'pv-2' })

export const restoredAsNewObjects = {
  upholds: [
    {
      title: 'another Pod, another PVC, another volume',
      params,
      history: historyOf(...before, ...gone, podReady('keeper', 'uid-2'), pvc, pvSeen('pv-2', { handle: 'two' })),
    },
  ],
  rejects: [
    { title: 'nothing ever went', params, history: historyOf(...before) },
    {
      title: 'nothing came back',
      params,
      history: historyOf(...before, ...gone, podReady('keeper', 'uid-2'), podDeleted('keeper', 'uid-2')),
    },
    {
      title: 'the old volume under a new PersistentVolume',
      params,
      history: historyOf(...before, ...gone, podReady('keeper', 'uid-2'), pvc, pvSeen('pv-2', { handle: 'one' })),
    },
  ],
  gaps: [
    {
      title: 'the new volume went unseen',
      params,
      history: historyOf(...before, ...gone, podReady('keeper', 'uid-2'), pvc, gap('PersistentVolume')),
    },
    { title: 'nothing was seen', params, history: historyOf(gap('Pod')) },
  ],
} satisfies Examples<typeof checks.restoredAsNewObjects>

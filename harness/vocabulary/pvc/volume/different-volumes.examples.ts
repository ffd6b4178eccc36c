import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './different-volumes.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvcs: ['source', 'restored'] }

const directory = (name: string, path: string) => pvSeen(name, { spec: { hostPath: { path } } })

export const differentVolumes = {
  upholds: [
    {
      title: 'a volume each',
      params,
      history: historyOf(pvcSeen('source'), pvSeen('pv-of-source'), pvcSeen('restored'), pvSeen('pv-of-restored')),
    },
    {
      title: 'a directory each',
      params,
      history: historyOf(pvcSeen('source'), directory('pv-of-source', '/one'), pvcSeen('restored'), directory('pv-of-restored', '/two')),
    },
  ],
  rejects: [
    {
      title: 'one directory for both',
      params,
      history: historyOf(pvcSeen('source'), directory('pv-of-source', '/one'), pvcSeen('restored'), directory('pv-of-restored', '/one')),
    },
    {
      title: 'one PersistentVolume for both',
      params,
      history: historyOf(pvcSeen('source'), pvSeen('pv-of-source'), pvcSeen('restored', { volume: 'pv-of-source' })),
    },
    {
      title: 'one volume behind two PersistentVolumes',
      params,
      history: historyOf(
        pvcSeen('source'),
        pvSeen('pv-of-source'),
        pvcSeen('restored'),
        pvSeen('pv-of-restored', { handle: 'handle-of-pv-of-source' }),
      ),
    },
  ],
  gaps: [
    {
      title: 'the second volume went unseen',
      params,
      history: historyOf(pvcSeen('source'), pvSeen('pv-of-source'), pvcSeen('restored'), gap('PersistentVolume')),
    },
    { title: 'never restored', params, history: historyOf(pvcSeen('source'), pvSeen('pv-of-source')) },
  ],
} satisfies Examples<typeof checks.differentVolumes>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './one-to-one.ts'
import { gap, historyOf, pvcSeen, pvSeen } from '../../../engine/history/literal.ts'

const params = { pvcs: ['one', 'two'] }
const volume = (name: string, uid?: string) =>
  pvSeen(name, { spec: { csi: { volumeHandle: name }, ...(uid !== undefined && { claimRef: { uid } }) } })
const pvcs = [pvcSeen('one'), pvcSeen('two')] as const
const both = [volume('pv-of-one', 'uid-of-one'), volume('pv-of-two', 'uid-of-two')] as const

export const oneToOne = {
  upholds: [
    { title: 'one each', params, history: historyOf(...pvcs, ...both) },
    { title: 'by hand, unclaimed at first', params, history: historyOf(volume('pv-of-one'), ...pvcs, ...both, volume('spare')) },
  ],
  rejects: [
    { title: 'a second volume that nobody names', params, history: historyOf(...pvcs, ...both, volume('again', 'uid-of-one')) },
    { title: 'another PVC for a while', params, history: historyOf(...pvcs, ...both, volume('pv-of-two', 'uid-of-three')) },
    { title: 'another PVC at first', params, history: historyOf(...pvcs, volume('pv-of-two', 'uid-of-one'), ...both) },
  ],
  gaps: [
    { title: 'a PVC without a volume', params, history: historyOf(pvcSeen('one'), ...both) },
    { title: 'a volume never seen', params, history: historyOf(...pvcs, volume('pv-of-one', 'uid-of-one')) },
    { title: 'something was missed', params, history: historyOf(...pvcs, gap('PersistentVolume'), ...both) },
  ],
} satisfies Examples<typeof checks.oneToOne>

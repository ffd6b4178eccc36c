import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stays-on-node.ts'
import { gap, historyOf, podStatus, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const params = { pod: 'holder', pvc: 'data' }
const affinity = { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'node', operator: 'In', values: ['one'] }] }] } }
const volume = (nodeAffinity?: unknown) =>
  seen('PersistentVolume', 'pv-of-data', { spec: { ...(nodeAffinity !== undefined && { nodeAffinity }) } })
const on = (uid: string, nodeName: string) => seen('Pod', 'holder', { uid, spec: { nodeName }, status: podStatus.ready })
const boundPvcs = pvcSeen('data')

export const staysOnNode = {
  upholds: [{ title: 'twice on the same node', params, history: historyOf(boundPvcs, volume(affinity), on('a', 'one'), on('b', 'one')) }],
  rejects: [
    { title: 'on another node', params, history: historyOf(boundPvcs, volume(affinity), on('a', 'one'), on('b', 'other')) },
    { title: 'not pinned', params, history: historyOf(boundPvcs, volume(), on('a', 'one'), on('b', 'one')) },
  ],
  gaps: [
    { title: 'never recreated', params, history: historyOf(boundPvcs, volume(affinity), on('a', 'one')) },
    {
      title: 'a Pod may have been missed',
      params,
      history: historyOf(boundPvcs, volume(affinity), on('a', 'one'), gap('Pod'), on('b', 'one')),
    },
    { title: 'the volume was never seen', params, history: historyOf(boundPvcs, pvSeen('pv-of-others'), on('a', 'one')) },
  ],
} satisfies Examples<typeof checks.staysOnNode>

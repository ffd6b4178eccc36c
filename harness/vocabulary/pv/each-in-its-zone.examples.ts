import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './each-in-its-zone.ts'
import { gap, historyOf, podStatus, pvcSeen, seen } from '../../engine/history/literal.ts'

const zones = { one: 'zone-a', other: 'zone-b' }
const params = { pvcs: { 'web-0': 'data-web-0', 'web-1': 'data-web-1' }, zones }
const volume = (name: string, zone?: string) => {
  const expression = { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }
  const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } }
  return seen('PersistentVolume', `pv-of-data-${name}`, { spec: zone === undefined ? {} : { nodeAffinity } })
}
const pod = (name: string, nodeName: string) => seen('Pod', name, { spec: { nodeName }, status: podStatus.ready })
const boundPvcs = [pvcSeen('data-web-0'), pvcSeen('data-web-1')]
const inBoth = [...boundPvcs, volume('web-0', 'zone-a'), volume('web-1', 'zone-b')]

export const eachInItsZone = {
  upholds: [
    { title: 'a zone for each', params, history: historyOf(...inBoth, pod('web-0', 'one'), pod('web-1', 'other')) },
    {
      title: 'one Pod',
      params: { pvcs: { 'web-0': 'data-web-0' }, zones },
      history: historyOf(...inBoth, pod('web-0', 'one')),
    },
  ],
  rejects: [
    {
      title: 'both in one zone',
      params,
      history: historyOf(...boundPvcs, volume('web-0', 'zone-a'), volume('web-1', 'zone-a'), pod('web-0', 'one'), pod('web-1', 'one')),
    },
    { title: 'in another zone than its volume', params, history: historyOf(...inBoth, pod('web-0', 'other'), pod('web-1', 'other')) },
    {
      title: 'a volume without a zone',
      params,
      history: historyOf(...boundPvcs, volume('web-0'), volume('web-1'), pod('web-0', 'one'), pod('web-1', 'other')),
    },
  ],
  gaps: [
    { title: 'never scheduled', params, history: historyOf(...inBoth, pod('web-0', 'one')) },
    { title: 'a Pod may be missing', params, history: historyOf(...inBoth, pod('web-0', 'one'), gap('Pod'), pod('web-1', 'other')) },
    { title: 'the volume was never seen', params, history: historyOf(...boundPvcs, pod('web-0', 'one')) },
  ],
} satisfies Examples<typeof checks.eachInItsZone>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './pvcs-found.ts'
import { gap, historyOf, pvcSeen, pvSeen, seen } from '../../engine/history/literal.ts'

const user = (name: string, pvc: string, phase = 'Running') =>
  seen('Pod', name, { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }] }, status: { phase } })
const bound = [pvcSeen('used'), pvcSeen('left'), pvSeen('pv-of-used'), pvSeen('pv-of-left'), user('one', 'used')]
const waiting = pvcSeen('waiting', { spec: {}, status: { phase: 'Pending' } })
const everything = historyOf(...bound, waiting, user('two', 'waiting', 'Pending'))

export const pvcsFound = {
  upholds: [
    { title: 'those that no Pod names', params: { search: 'unreferenced', pvcs: ['left'] }, history: everything },
    { title: 'one of a Pod that waits', params: { search: 'not-bound', pvcs: ['waiting'] }, history: everything },
    { title: 'none', params: { search: 'volume-missing', pvcs: [] }, history: everything },
    {
      title: 'one whose volume was deleted',
      params: { search: 'volume-missing', pvcs: ['left'] },
      history: historyOf(...bound, pvSeen('pv-of-left', { event: 'DELETED' })),
    },
    {
      title: 'one whose Pod has ended',
      params: { search: 'unreferenced', pvcs: ['used', 'left'] },
      history: historyOf(...bound, user('one', 'used', 'Succeeded')),
    },
  ],
  rejects: [
    {
      title: 'one that is being deleted',
      params: { search: 'unreferenced', pvcs: ['left'] },
      history: historyOf(...bound, pvcSeen('left', { terminating: true })),
    },
    {
      title: 'one that is deleted with its owner',
      params: { search: 'unreferenced', pvcs: ['left'] },
      history: historyOf(...bound, pvcSeen('left', { owners: [{ kind: 'StatefulSet', name: 'web', uid: 's' }] })),
    },
    {
      title: 'one that is being deleted is Bound',
      params: { search: 'not-bound', pvcs: [] },
      history: historyOf(...bound, pvcSeen('left', { terminating: true })),
    },
    { title: 'another one, too', params: { search: 'unreferenced', pvcs: [] }, history: everything },
    { title: 'not that one', params: { search: 'not-bound', pvcs: ['left', 'waiting'] }, history: everything },
    {
      title: 'one that is gone',
      params: { search: 'unreferenced', pvcs: ['left'] },
      history: historyOf(...bound, pvcSeen('left', { event: 'DELETED' })),
    },
  ],
  gaps: [
    { title: 'nothing to search among', params: { search: 'unreferenced', pvcs: [] }, history: historyOf(user('one', 'used')) },
    { title: 'a Pod may have been missed', params: { search: 'unreferenced', pvcs: ['left'] }, history: historyOf(...bound, gap('Pod')) },
  ],
} satisfies Examples<typeof checks.pvcsFound>

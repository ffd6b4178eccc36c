import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pvc-and-pod-order.ts'
import {
  gap,
  historyOf,
  type LiteralEntry,
  podAdded,
  podDeleted,
  podReady,
  podTerminating,
  pvcSeen,
} from '../../../engine/history/literal.ts'

const params = { pod: 'web-0', pvc: 'data-web-0' }

function at(resourceVersion: string, entry: LiteralEntry): LiteralEntry {
  if (entry.type !== 'observation') return entry
  return { ...entry, object: { ...entry.object, metadata: { ...entry.object.metadata, resourceVersion } } }
}

const pvcAdded = pvcSeen('data-web-0', { event: 'ADDED' })
const pvcTerminating = pvcSeen('data-web-0', { terminating: true })
const pvcDeleted = pvcSeen('data-web-0', { event: 'DELETED' })

export const pvcMadeFirst = {
  upholds: [
    { title: 'the PVC first', params, history: historyOf(at('10', pvcAdded), at('20', podAdded('web-0'))) },
    { title: 'the PVC first, by the later watch', params, history: historyOf(at('20', podAdded('web-0')), at('10', pvcAdded)) },
  ],
  rejects: [{ title: 'the Pod first', params, history: historyOf(at('20', pvcAdded), at('10', podAdded('web-0'))) }],
  gaps: [
    { title: 'the Pod may have been made unseen', params, history: historyOf(at('10', pvcAdded), gap('Pod'), podReady('web-0')) },
    { title: 'the PVC was there before', params, history: historyOf(pvcSeen('data-web-0'), at('20', podAdded('web-0'))) },
    { title: 'the Pod never came', params, history: historyOf(at('10', pvcAdded)) },
  ],
} satisfies Examples<typeof checks.pvcMadeFirst>

export const pvcDeletedLast = {
  upholds: [
    {
      title: 'marked once the Pod was gone',
      params,
      history: historyOf(podTerminating('web-0'), at('10', podDeleted('web-0')), at('20', pvcTerminating), at('30', pvcDeleted)),
    },
    {
      title: 'marked once the Pod was gone, by the later watch',
      params,
      history: historyOf(podTerminating('web-0'), at('20', pvcTerminating), at('10', podDeleted('web-0'))),
    },
    { title: 'gone at once', params, history: historyOf(at('10', podDeleted('web-0')), at('20', pvcDeleted)) },
  ],
  rejects: [
    {
      title: 'marked together with the Pod, gone after it',
      params,
      history: historyOf(podTerminating('web-0'), at('10', pvcTerminating), at('20', podDeleted('web-0')), at('30', pvcDeleted)),
    },
    { title: 'marked under a Pod that stays', params, history: historyOf(podReady('web-0'), at('10', pvcTerminating)) },
  ],
  gaps: [
    { title: 'the mark may have been missed', params, history: historyOf(at('10', podDeleted('web-0')), gap('PersistentVolumeClaim')) },
    { title: 'it stayed', params, history: historyOf(at('10', podDeleted('web-0')), pvcSeen('data-web-0')) },
  ],
} satisfies Examples<typeof checks.pvcDeletedLast>

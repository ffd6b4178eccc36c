import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pvcs-by-template.ts'
import { gap, historyOf, type LiteralEntry, podAdded, pvcSeen, seen } from '../../../engine/history/literal.ts'

const params = { template: 'data', size: '320Mi', pods: ['web-0'] }

function mounting(pod: string, pvc: string): LiteralEntry {
  return seen('Pod', pod, { event: 'ADDED', spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }] } })
}

export const pvcsByTemplate = {
  upholds: [{ title: 'named after template and Pod', params, history: historyOf(pvcSeen('data-web-0'), mounting('web-0', 'data-web-0')) }],
  rejects: [
    { title: 'no PVC', params, history: historyOf(podAdded('web-0')) },
    { title: 'another name', params, history: historyOf(pvcSeen('web-0-data'), mounting('web-0', 'web-0-data')) },
    {
      title: 'one too many',
      params,
      history: historyOf(pvcSeen('data-web-0'), mounting('web-0', 'data-web-0'), pvcSeen('data-web-1')),
    },
    { title: 'another size', params, history: historyOf(pvcSeen('data-web-0', { request: '1Gi' }), mounting('web-0', 'data-web-0')) },
    { title: 'not mounted', params, history: historyOf(pvcSeen('data-web-0'), podAdded('web-0')) },
  ],
  gaps: [
    { title: 'the PVC may have been made unseen', params, history: historyOf(gap('PersistentVolumeClaim'), podAdded('web-0')) },
    { title: 'the Pod never came', params, history: historyOf(pvcSeen('data-web-0')) },
  ],
} satisfies Examples<typeof checks.pvcsByTemplate>

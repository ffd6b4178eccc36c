import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pods-start-in-ordinal-order.ts'
import { gap, historyOf, podAdded, podDeleted, podReady, podRunning, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 2 }

export const podsStartInOrdinalOrder = {
  upholds: [
    {
      title: 'each after its predecessor is Ready',
      params,
      history: historyOf(podAdded('web-0'), podRunning('web-0'), podReady('web-0'), podAdded('web-1')),
    },
    {
      title: 'Pods of other names are not judged',
      params,
      history: historyOf(podAdded('web-db-7'), podAdded('web-0'), podReady('web-0'), podAdded('web-1'), podReady('web-1')),
    },
  ],
  rejects: [
    {
      title: 'created while the predecessor runs but is not Ready',
      params,
      history: historyOf(podAdded('web-0'), podRunning('web-0'), podAdded('web-1')),
    },
    { title: 'created first', params, history: historyOf(podAdded('web-1'), podAdded('web-0')) },
    {
      title: 'created while the predecessor is gone',
      params,
      history: historyOf(podAdded('web-0'), podReady('web-0'), podDeleted('web-0'), podAdded('web-1')),
    },
    {
      title: 'the third before the first is Ready again',
      params: { statefulSet: 'web', replicas: 3 },
      history: historyOf(
        podAdded('web-0'),
        podReady('web-0'),
        podAdded('web-1'),
        podReady('web-1'),
        podRunning('web-0'),
        podAdded('web-2'),
      ),
    },
  ],
  gaps: [
    { title: 'the predecessor may have become Ready unseen', params, history: historyOf(podAdded('web-0'), gap('Pod'), podAdded('web-1')) },
    { title: 'the second Pod never came', params, history: historyOf(podAdded('web-0'), podReady('web-0')) },
    { title: 'a Pod older than the watch', params, history: historyOf(seen('Pod', 'web-0', { event: 'EXISTING' }), podAdded('web-1')) },
  ],
} satisfies Examples<typeof checks.podsStartInOrdinalOrder>

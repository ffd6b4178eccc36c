import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './pods-replaced-in-reverse-order.ts'
import { gap, historyOf, podAdded, podDeleted, podReady, podTerminating } from '../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 2 }
const before = [podReady('web-0'), podReady('web-1'), podTerminating('web-1'), podDeleted('web-1')]

export const podsReplacedInReverseOrder = {
  upholds: [
    {
      title: 'the higher one is replaced first',
      params,
      history: historyOf(...before, podAdded('web-1', 'new'), podReady('web-1', 'new'), podTerminating('web-0'), podDeleted('web-0')),
    },
  ],
  rejects: [
    { title: 'the lower one first', params, history: historyOf(podReady('web-0'), podReady('web-1'), podTerminating('web-0')) },
    { title: 'before there is another', params, history: historyOf(...before, podTerminating('web-0')) },
    { title: 'before the other is Ready', params, history: historyOf(...before, podAdded('web-1', 'new'), podTerminating('web-0')) },
  ],
  gaps: [
    { title: 'the other may have become Ready unseen', params, history: historyOf(...before, gap('Pod'), podTerminating('web-0')) },
    { title: 'only one was replaced', params, history: historyOf(...before, podReady('web-1', 'new')) },
  ],
} satisfies Examples<typeof checks.podsReplacedInReverseOrder>

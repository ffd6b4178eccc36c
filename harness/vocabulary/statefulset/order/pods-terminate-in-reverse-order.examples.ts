import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pods-terminate-in-reverse-order.ts'
import { gap, historyOf, podAdded, podDeleted, podReady, podTerminating } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', from: 3, to: 1 }
const started = [podAdded('web-0'), podReady('web-0'), podAdded('web-1'), podReady('web-1'), podAdded('web-2'), podReady('web-2')] as const

export const podsTerminateInReverseOrder = {
  upholds: [
    {
      title: 'one after the other from the top',
      params,
      history: historyOf(...started, podTerminating('web-2'), podDeleted('web-2'), podTerminating('web-1'), podDeleted('web-1')),
    },
  ],
  rejects: [
    {
      title: 'the lower begins while the higher still terminates',
      params,
      history: historyOf(...started, podTerminating('web-2'), podTerminating('web-1'), podDeleted('web-2'), podDeleted('web-1')),
    },
    {
      title: 'the lower goes first, without grace',
      params,
      history: historyOf(...started, podDeleted('web-1'), podDeleted('web-2')),
    },
    {
      title: 'a Pod that is to be kept terminates',
      params,
      history: historyOf(...started, podDeleted('web-2'), podDeleted('web-1'), podTerminating('web-0')),
    },
  ],
  gaps: [
    { title: 'the order was not seen', params, history: historyOf(...started, gap('Pod'), podDeleted('web-2'), podDeleted('web-1')) },
    { title: 'only one Pod went', params, history: historyOf(...started, podTerminating('web-2'), podDeleted('web-2')) },
  ],
} satisfies Examples<typeof checks.podsTerminateInReverseOrder>

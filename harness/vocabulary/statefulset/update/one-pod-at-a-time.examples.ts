import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './one-pod-at-a-time.ts'
import { gap, historyOf, podAdded, podDeleted, podReady, podTerminating, seen } from '../../../engine/history/literal.ts'

const params = { deployment: 'redis' }
const first = [podAdded('redis-1-a'), podReady('redis-1-a'), podTerminating('redis-1-a')] as const

export const onePodAtATime = {
  upholds: [
    {
      title: 'the second after the first',
      params,
      history: historyOf(...first, podDeleted('redis-1-a'), podAdded('redis-2-b'), podReady('other-0'), podReady('redis-2-b')),
    },
    {
      title: 'the second when the first has ended and is not gone yet',
      params,
      history: historyOf(...first, seen('Pod', 'redis-1-a', { status: { phase: 'Succeeded' }, terminating: true }), podAdded('redis-2-b')),
    },
  ],
  rejects: [{ title: 'the second while the first ends', params, history: historyOf(...first, podAdded('redis-2-b')) }],
  gaps: [
    { title: 'only one Pod', params, history: historyOf(...first) },
    { title: 'the order was not seen', params, history: historyOf(...first, gap('Pod'), podAdded('redis-2-b')) },
  ],
} satisfies Examples<typeof checks.onePodAtATime>

import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, podAdded, podDeleted, podReady, podTerminating } from '../../engine/history/literal.ts'

const params = { deployment: 'redis' }

export const onlyPodReady = {
  holds: [
    { title: 'one Pod', params, history: historyOf(podAdded('redis-1-a'), podReady('redis-1-a'), podReady('web-0')) },
    { title: 'another after the first', params, history: historyOf(podReady('redis-1-a'), podDeleted('redis-1-a'), podReady('redis-2-b')) },
  ],
  not: [
    { title: 'none', params, history: historyOf(podReady('web-0')) },
    { title: 'not Ready yet', params, history: historyOf(podAdded('redis-1-a')) },
    { title: 'two', params, history: historyOf(podReady('redis-1-a'), podReady('redis-2-b')) },
    { title: 'one still ending', params, history: historyOf(podTerminating('redis-1-a'), podReady('redis-2-b')) },
  ],
} satisfies Examples<typeof conditions.onlyPodReady>

const other = { deployment: 'redis', than: 'redis-1-a' }

export const otherPodPresent = {
  holds: [{ title: 'another, not Ready yet', params: other, history: historyOf(podReady('redis-1-a'), podAdded('redis-2-b')) }],
  not: [
    { title: 'the first only', params: other, history: historyOf(podReady('redis-1-a'), podAdded('web-0')) },
    { title: 'none', params: other, history: historyOf(podReady('redis-1-a'), podDeleted('redis-1-a')) },
  ],
} satisfies Examples<typeof conditions.otherPodPresent>

const two = { deployment: 'redis', replicas: 2 }

export const replicasReady = {
  holds: [{ title: 'both', params: two, history: historyOf(podReady('redis-1-a'), podReady('redis-1-b'), podAdded('web-0')) }],
  not: [
    { title: 'one', params: two, history: historyOf(podReady('redis-1-a'), podReady('web-0')) },
    { title: 'one not Ready yet', params: two, history: historyOf(podReady('redis-1-a'), podAdded('redis-1-b')) },
    { title: 'one too many', params: two, history: historyOf(podReady('redis-1-a'), podReady('redis-1-b'), podReady('redis-1-c')) },
  ],
} satisfies Examples<typeof conditions.replicasReady>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './all-at-once.ts'
import { gap, historyOf, podAdded, podDeleted, podReady, podTerminating } from '../../../engine/history/literal.ts'

const params = { pods: ['web-0', 'web-1'] }

export const startTogether = {
  upholds: [
    {
      title: 'both created, then both Ready',
      params,
      history: historyOf(podAdded('web-0'), podAdded('web-1'), podReady('web-0'), podReady('web-1')),
    },
    { title: 'the higher one first', params, history: historyOf(podAdded('web-1'), podAdded('web-0'), podReady('web-1')) },
    {
      title: 'the first ones, and others in their places one after the other',
      params: { ...params, which: 'first' },
      history: historyOf(
        ...[podAdded('web-0'), podAdded('web-1'), podReady('web-0'), podReady('web-1')],
        ...[podAdded('web-0', 'second'), podReady('web-0', 'second'), podAdded('web-1', 'second')],
      ),
    },
  ],
  rejects: [
    { title: 'one after the other', params, history: historyOf(podAdded('web-0'), podReady('web-0'), podAdded('web-1')) },
    {
      title: 'the last one of three',
      params: { pods: ['web-0', 'web-1', 'web-2'] },
      history: historyOf(podAdded('web-0'), podAdded('web-1'), podReady('web-0'), podReady('web-1'), podAdded('web-2')),
    },
  ],
  gaps: [
    { title: 'one may have been created unseen', params, history: historyOf(podAdded('web-0'), gap('Pod'), podAdded('web-1')) },
    { title: 'the second never came', params, history: historyOf(podAdded('web-0'), podReady('web-0')) },
  ],
} satisfies Examples<typeof checks.startTogether>

export const endTogether = {
  upholds: [
    {
      title: 'both terminating, then both gone',
      params,
      history: historyOf(podTerminating('web-1'), podTerminating('web-0'), podDeleted('web-0'), podDeleted('web-1')),
    },
    {
      title: 'the first ones, though others in their places are there',
      params: { ...params, which: 'first' },
      history: historyOf(
        ...[podTerminating('web-1'), podTerminating('web-0'), podDeleted('web-0'), podDeleted('web-1')],
        ...[podReady('web-0', 'second'), podReady('web-1', 'second')],
      ),
    },
  ],
  rejects: [
    {
      title: 'one after the other',
      params,
      history: historyOf(podTerminating('web-1'), podDeleted('web-1'), podTerminating('web-0'), podDeleted('web-0')),
    },
    { title: 'without time to end', params, history: historyOf(podReady('web-0'), podDeleted('web-0'), podDeleted('web-1')) },
  ],
  gaps: [
    { title: 'one may have gone unseen', params, history: historyOf(podTerminating('web-1'), gap('Pod'), podDeleted('web-0')) },
    { title: 'one stayed', params, history: historyOf(podTerminating('web-1'), podReady('web-0'), podDeleted('web-1')) },
  ],
} satisfies Examples<typeof checks.endTogether>

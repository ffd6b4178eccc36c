import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './pods-replaced-in-reverse-order.ts'
import { gap, historyOf, type LiteralEntry, podAdded, podDeleted, podReady, podTerminating } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 2 }
const before = [podReady('web-0'), podReady('web-1'), podTerminating('web-1'), podDeleted('web-1')]

const three = { statefulSet: 'web', replicas: 3 }
const again = { statefulSet: 'web', replicas: 2, since: 'asked again' }
const mark = { type: 'mark', name: 'asked again' } as const
const replaced = (name: string, by: string) => [podTerminating(name), podDeleted(name), podAdded(name, by), podReady(name, by)]
const all = [podReady('web-0'), podReady('web-1'), podReady('web-2')]
const ends = (name: string, uid?: string) => [podDeleted(name, uid)]
const then = (...changes: readonly LiteralEntry[]) => historyOf(podReady('web-1'), podReady('web-0'), mark, ...changes)

export const podsReplacedInReverseOrder = {
  upholds: [
    {
      title: 'the higher one is replaced first',
      params,
      history: historyOf(...before, podAdded('web-1', 'new'), podReady('web-1', 'new'), podTerminating('web-0'), podDeleted('web-0')),
    },
    {
      title: 'three in order',
      params: three,
      history: historyOf(...all, ...['web-2', 'web-1', 'web-0'].flatMap((name) => replaced(name, 'new'))),
    },
    {
      title: 'in order after the mark, whatever was before',
      params: again,
      history: historyOf(
        ...all,
        ...before.slice(2),
        podReady('web-1', 'b'),
        mark,
        ...ends('web-1', 'b'),
        podReady('web-1', 'c'),
        ...ends('web-0'),
      ),
    },
  ],
  rejects: [
    {
      title: 'the two lower ones in another order',
      params: three,
      history: historyOf(...all, ...['web-2', 'web-0', 'web-1'].flatMap((name) => replaced(name, 'new'))),
    },
    {
      title: 'the two lower ones together, once the highest was Ready',
      params: three,
      history: historyOf(...all, ...replaced('web-2', 'new'), podTerminating('web-1'), podTerminating('web-0')),
    },
    { title: 'the lower one first after the mark', params: again, history: then(podTerminating('web-0')) },
    { title: 'the lower one first', params, history: historyOf(podReady('web-0'), podReady('web-1'), podTerminating('web-0')) },
    { title: 'before there is another', params, history: historyOf(...before, podTerminating('web-0')) },
    { title: 'before the other is Ready', params, history: historyOf(...before, podAdded('web-1', 'new'), podTerminating('web-0')) },
  ],
  gaps: [
    { title: 'the other may have become Ready unseen', params, history: historyOf(...before, gap('Pod'), podTerminating('web-0')) },
    { title: 'no such mark', params: again, history: historyOf(...before, podReady('web-1', 'new'), podTerminating('web-0')) },
    { title: 'only before the mark', params: again, history: historyOf(...before, podReady('web-1', 'b'), ...ends('web-0'), mark) },
    { title: 'only one was replaced', params, history: historyOf(...before, podReady('web-1', 'new')) },
  ],
} satisfies Examples<typeof checks.podsReplacedInReverseOrder>

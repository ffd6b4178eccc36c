import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './updated-as-stored.ts'
import { gap, historyOf, type LiteralEntry, podAdded, podDeleted, podReady, podRunning, seen } from '../../../engine/history/literal.ts'

const params = { statefulSet: 'web', replicas: 2 }
const set = (rollingUpdate: object): LiteralEntry => seen('StatefulSet', 'web', { spec: { updateStrategy: { rollingUpdate } } })
const started = [podReady('web-0'), podReady('web-1')]
const replaced = (name: string): readonly LiteralEntry[] => [podDeleted(name), podAdded(name, `new-${name}`), podReady(name, `new-${name}`)]
const bothAway = [podDeleted('web-1'), podDeleted('web-0'), podReady('web-1', 'new-web-1'), podReady('web-0', 'new-web-0')]

export const updatedAsStored = {
  upholds: [
    { title: 'one after the other', params, history: historyOf(set({}), ...started, ...replaced('web-1'), ...replaced('web-0')) },
    { title: 'two at once, as stored', params, history: historyOf(set({ maxUnavailable: 2 }), ...started, ...bothAway) },
    {
      title: 'another is not Ready for a moment meanwhile, all by itself',
      params,
      history: historyOf(
        set({}),
        ...started,
        podDeleted('web-1'),
        podRunning('web-0'),
        podReady('web-0'),
        ...replaced('web-1').slice(1),
        ...replaced('web-0'),
      ),
    },
  ],
  rejects: [
    { title: 'two at once, stored without', params, history: historyOf(set({}), ...started, ...bothAway) },
    { title: 'two at once, stored with one', params, history: historyOf(set({ maxUnavailable: 1 }), ...started, ...bothAway) },
  ],
  gaps: [
    { title: 'events of Pods were missed', params, history: historyOf(set({}), ...started, gap('Pod'), ...bothAway) },
    { title: 'only one was replaced', params, history: historyOf(set({}), ...started, ...replaced('web-1')) },
    { title: 'the StatefulSet was never seen', params, history: historyOf(...started, ...replaced('web-1'), ...replaced('web-0')) },
  ],
} satisfies Examples<typeof checks.updatedAsStored>

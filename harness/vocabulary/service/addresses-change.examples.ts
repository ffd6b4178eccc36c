import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './addresses-change.ts'
import { gap, historyOf, podAdded, seen } from '../../engine/history/literal.ts'

const params = { pods: ['web-0'] }
const two = { pods: ['shop-1-a', 'shop-1-b'] }
const at = (podIP: string, uid: string, name = 'web-0') => seen('Pod', name, { uid, status: { phase: 'Running', podIP } })

export const addressesChange = {
  upholds: [
    { title: 'another Pod, another address', params, history: historyOf(at('10.0.0.1', 'first'), at('10.0.0.2', 'second')) },
    {
      title: 'the same Pod keeps its own',
      params,
      history: historyOf(at('10.0.0.1', 'first'), at('10.0.0.1', 'first'), podAdded('web-0', 'second'), at('10.0.0.2', 'second')),
    },
    { title: 'two names', params: two, history: historyOf(at('10.0.0.1', 'a', 'shop-1-a'), at('10.0.0.2', 'b', 'shop-1-b')) },
  ],
  rejects: [
    { title: 'the same address again', params, history: historyOf(at('10.0.0.1', 'first'), at('10.0.0.1', 'second')) },
    {
      title: 'the first again in the end',
      params,
      history: historyOf(at('10.0.0.1', 'first'), at('10.0.0.2', 'second'), at('10.0.0.1', 'third')),
    },
  ],
  gaps: [
    { title: 'never replaced', params, history: historyOf(at('10.0.0.1', 'first'), at('10.0.0.9', 'other', 'web-1')) },
    { title: 'the successor has none yet', params, history: historyOf(at('10.0.0.1', 'first'), podAdded('web-0', 'second')) },
    { title: 'one may be missing', params, history: historyOf(at('10.0.0.1', 'first'), gap('Pod'), at('10.0.0.2', 'second')) },
  ],
} satisfies Examples<typeof checks.addressesChange>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './keeps-its-address.ts'
import { gap, historyOf, podAdded, seen } from '../../engine/history/literal.ts'

const params = { pod: 'web-0' }
const at = (podIP: string, uid = 'first') => seen('Pod', 'web-0', { uid, status: { phase: 'Running', podIP } })

export const keepsItsAddress = {
  upholds: [
    { title: 'one address', params, history: historyOf(podAdded('web-0', 'first'), at('10.0.0.1'), at('10.0.0.1')) },
    { title: 'another Pod has another', params, history: historyOf(at('10.0.0.1'), at('10.0.0.2', 'second')) },
  ],
  rejects: [{ title: 'another address', params, history: historyOf(at('10.0.0.1'), at('10.0.0.2')) }],
  gaps: [
    { title: 'it may have changed unseen', params, history: historyOf(at('10.0.0.1'), gap('Pod')) },
    { title: 'no address', params, history: historyOf(podAdded('web-0')) },
  ],
} satisfies Examples<typeof checks.keepsItsAddress>

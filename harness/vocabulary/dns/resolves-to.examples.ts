import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './resolves-to.ts'
import { historyOf, measured, seen } from '../../engine/history/literal.ts'

const found = { pod: 'client', label: 'name web-0.web' }
const params = { found, pods: ['web-0'] }
const answered = (...value: readonly string[]) => measured('addresses', 'name web-0.web', { pod: 'client', value })
const pod = (name: string, podIP: string) => seen('Pod', name, { status: { phase: 'Running', podIP } })
const service = (clusterIP: string) => seen('Service', 'web', { spec: { clusterIP } })

export const resolvesTo = {
  upholds: [
    { title: 'the address of the Pod', params, history: historyOf(pod('web-0', '10.0.0.1'), answered('10.0.0.1')) },
    {
      title: 'the address that it had then',
      params,
      history: historyOf(pod('web-0', '10.0.0.1'), answered('10.0.0.1'), pod('web-0', '10.0.0.2')),
    },
    { title: 'no such name', params: { found, pods: [] }, history: historyOf(pod('web-0', '10.0.0.1'), answered()) },
    {
      title: 'the address of the Service',
      params: { found, service: 'web' },
      history: historyOf(service('10.96.0.1'), answered('10.96.0.1')),
    },
  ],
  rejects: [
    { title: 'an earlier address', params, history: historyOf(pod('web-0', '10.0.0.1'), pod('web-0', '10.0.0.2'), answered('10.0.0.1')) },
    { title: 'no such name', params, history: historyOf(pod('web-0', '10.0.0.1'), answered()) },
    { title: 'one too many', params, history: historyOf(pod('web-0', '10.0.0.1'), answered('10.0.0.1', '10.0.0.2')) },
    { title: 'a name that is not to exist', params: { found, pods: [] }, history: historyOf(answered('10.0.0.1')) },
  ],
  gaps: [
    { title: 'never asked', params, history: historyOf(pod('web-0', '10.0.0.1')) },
    { title: 'the Pod has no address', params, history: historyOf(seen('Pod', 'web-0'), answered('10.0.0.1')) },
    { title: 'the Service has no address', params: { found, service: 'web' }, history: historyOf(service('None'), answered('10.0.0.1')) },
  ],
} satisfies Examples<typeof checks.resolvesTo>

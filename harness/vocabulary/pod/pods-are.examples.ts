import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './pods-are.ts'
import { gap, historyOf, type LiteralEntry, podDeleted, seen } from '../../engine/history/literal.ts'

const params = { statefulSet: 'web', pods: ['web-0', 'web-1'] }
const owners = [{ kind: 'StatefulSet', name: 'web', uid: 'uid-of-web' }]

function pod(name: string, index: string, hostname = name): LiteralEntry {
  const labels = { 'statefulset.kubernetes.io/pod-name': name, 'apps.kubernetes.io/pod-index': index }
  return seen('Pod', name, { owners, labels, spec: { hostname } })
}

export const podsAre = {
  upholds: [
    { title: 'both there', params, history: historyOf(pod('web-0', '0'), pod('web-1', '1')) },
    {
      title: 'another one is gone by now',
      params: { statefulSet: 'web', pods: ['web-1'] },
      history: historyOf(pod('web-0', '0'), pod('web-1', '1'), podDeleted('web-0')),
    },
  ],
  rejects: [
    { title: 'other ordinals', params, history: historyOf(pod('web-5', '5'), pod('web-6', '6')) },
    { title: 'one too few', params, history: historyOf(pod('web-0', '0')) },
    { title: 'another hostname', params, history: historyOf(pod('web-0', '0'), pod('web-1', '1', 'somebody')) },
    { title: 'another index', params, history: historyOf(pod('web-0', '0'), pod('web-1', '0')) },
  ],
  gaps: [
    { title: 'a Pod may have come or gone unseen', params, history: historyOf(pod('web-0', '0'), gap('Pod'), pod('web-1', '1')) },
    { title: 'nobody watched', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.podsAre>

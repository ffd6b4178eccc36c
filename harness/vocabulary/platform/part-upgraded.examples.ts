import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'
import type * as checks from './part-upgraded.ts'

const [from, to] = ['v1.36.3', 'v1.37.2']
const at = '2026-12-01T00:00:00.000Z'

function upgrade(part: 'control-plane' | 'whole', seen: { readonly apiServer: string; readonly kubelet: string }): LiteralEntry {
  const versions = (apiServer: string, kubelet: string) => ({
    apiServer,
    nodes: [{ node: 'worker', kubelet, containerd: '2.0.0' }],
    images: {},
  })
  const stages = [{ stage: part, startedAt: at, endedAt: at, before: versions(from, from), after: versions(seen.apiServer, seen.kubelet) }]
  const value = { changes: { kubernetes: { from, to } }, drained: true, stages }
  return { type: 'measurement', what: 'upgrade', label: part, subject: { kind: 'Platform', name: 'holdfast-example' }, value }
}

const [first, whole] = [{ part: 'control-plane' }, { part: 'whole' }] as const

export const partUpgraded = {
  upholds: [
    { title: 'skewed', params: first, history: historyOf(upgrade('control-plane', { apiServer: to, kubelet: from })) },
    { title: 'all new', params: whole, history: historyOf(upgrade('whole', { apiServer: to, kubelet: to })) },
  ],
  rejects: [
    { title: 'the API server is old', params: first, history: historyOf(upgrade('control-plane', { apiServer: from, kubelet: from })) },
    { title: 'no skew', params: first, history: historyOf(upgrade('control-plane', { apiServer: to, kubelet: to })) },
    { title: 'an old kubelet', params: whole, history: historyOf(upgrade('whole', { apiServer: to, kubelet: from })) },
  ],
  gaps: [{ title: 'not seen', params: whole, history: historyOf(upgrade('control-plane', { apiServer: to, kubelet: from })) }],
} satisfies Examples<typeof checks.partUpgraded>

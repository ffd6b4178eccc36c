import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'
import type { StateOfPod } from './platform-state.ts'
import type * as checks from './pods-untouched.ts'

const [before, after] = [
  { namespace: 'hf-example', label: 'before' },
  { namespace: 'hf-example', label: 'after' },
]
const params = { before, after, pods: ['web-0'] }

const ready: StateOfPod = { node: 'worker', ready: true, restarts: 0, containers: ['containerd://1'] }

function pod(label: string, { uid = 'a', ...change }: Partial<StateOfPod> & { readonly uid?: string } = {}): LiteralEntry {
  const value = [{ kind: 'Pod', name: 'web-0', uid, terminating: false, pod: { ...ready, ...change } }]
  return { type: 'measurement', what: 'state', label, subject: { kind: 'Namespace', name: 'hf-example' }, value }
}

const none = { ...pod('after'), value: [] } as LiteralEntry

export const podsUntouched = {
  upholds: [{ title: 'the same', params, history: historyOf(pod('before'), pod('after')) }],
  rejects: [
    { title: 'gone', params, history: historyOf(pod('before'), none) },
    { title: 'another Pod', params, history: historyOf(pod('before'), pod('after', { uid: 'b' })) },
    { title: 'restarted', params, history: historyOf(pod('before'), pod('after', { restarts: 1 })) },
    { title: 'another container', params, history: historyOf(pod('before'), pod('after', { containers: ['containerd://2'] })) },
    { title: 'not Ready', params, history: historyOf(pod('before'), pod('after', { ready: false })) },
  ],
  gaps: [
    { title: 'read once', params, history: historyOf(pod('before')) },
    { title: 'not Ready before', params, history: historyOf(pod('before', { ready: false }), pod('after')) },
  ],
} satisfies Examples<typeof checks.podsUntouched>

export const podsReplaced = {
  upholds: [{ title: 'another one, Ready', params, history: historyOf(pod('before'), pod('after', { uid: 'b', node: 'worker2' })) }],
  rejects: [
    { title: 'the same', params, history: historyOf(pod('before'), pod('after')) },
    { title: 'gone', params, history: historyOf(pod('before'), none) },
    { title: 'not Ready', params, history: historyOf(pod('before'), pod('after', { uid: 'b', ready: false })) },
  ],
  gaps: [{ title: 'read once', params, history: historyOf(pod('before')) }],
} satisfies Examples<typeof checks.podsReplaced>

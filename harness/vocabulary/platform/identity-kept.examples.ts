import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'
import type * as checks from './identity-kept.ts'
import type { StateOfObject } from './platform-state.ts'

const [before, after] = [
  { namespace: 'hf-example', label: 'before' },
  { namespace: 'hf-example', label: 'after' },
]
const params = { before, after, kinds: ['PersistentVolumeClaim', 'PersistentVolume'] }

function state(label: string, ...value: readonly StateOfObject[]): LiteralEntry {
  return { type: 'measurement', what: 'state', label, subject: { kind: 'Namespace', name: 'hf-example' }, value }
}

const pvc = { kind: 'PersistentVolumeClaim', name: 'data', uid: 'a', terminating: false, phase: 'Bound', boundTo: 'pv-1' } as const
const pv = { kind: 'PersistentVolume', name: 'pv-1', uid: 'b', terminating: false, phase: 'Bound', handle: 'vol-1' } as const
const was = state('before', pvc, pv)

export const identityKept = {
  upholds: [{ title: 'the same', params, history: historyOf(was, state('after', pvc, pv)) }],
  rejects: [
    { title: 'gone', params, history: historyOf(was, state('after', pvc)) },
    { title: 'another of the same name', params, history: historyOf(was, state('after', { ...pvc, uid: 'c' }, pv)) },
    { title: 'being deleted', params, history: historyOf(was, state('after', pvc, { ...pv, terminating: true })) },
    { title: 'bound to another', params, history: historyOf(was, state('after', { ...pvc, boundTo: 'pv-2' }, pv)) },
    { title: 'another handle', params, history: historyOf(was, state('after', pvc, { ...pv, handle: 'vol-2' })) },
    { title: 'no longer Bound', params, history: historyOf(was, state('after', { ...pvc, phase: 'Lost' }, pv)) },
  ],
  gaps: [
    { title: 'read once', params, history: historyOf(was) },
    { title: 'nothing of a kind', params, history: historyOf(state('before', pvc), state('after', pvc)) },
  ],
} satisfies Examples<typeof checks.identityKept>

import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './unstaged-first.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { calls: { pvc: 'data', label: 'in the end' } }
const call = (method: string, second: number, rest: object = {}) => ({
  ...{ at: new Date(1_700_000_000_000 + second * 1000).toISOString(), durationMs: 500, method, request: {}, code: 'OK' },
  ...rest,
})
const calls = (...value: readonly object[]): LiteralEntry => ({
  ...{ type: 'measurement', what: 'driver-calls', label: 'in the end' },
  ...{ subject: { kind: 'PersistentVolumeClaim', name: 'data', namespace: 'hf-example' }, value },
})
const detach = call('ControllerUnpublishVolume', 10)

export const unstagedFirst = {
  upholds: [{ title: 'unmounted, then detached', params, history: historyOf(calls(call('NodeUnstageVolume', 9), detach)) }],
  rejects: [
    { title: 'detached first', params, history: historyOf(calls(detach, call('NodeUnstageVolume', 11))) },
    { title: 'being unmounted', params, history: historyOf(calls(call('NodeUnstageVolume', 9, { durationMs: 5000 }), detach)) },
    { title: 'never unmounted', params, history: historyOf(calls(detach)) },
    { title: 'could not be unmounted', params, history: historyOf(calls(call('NodeUnstageVolume', 9, { code: 'INTERNAL' }), detach)) },
  ],
  gaps: [
    { title: 'never read', params, history: historyOf() },
    { title: 'never detached', params, history: historyOf(calls(call('NodeUnstageVolume', 9))) },
  ],
} satisfies Examples<typeof checks.unstagedFirst>

import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, podReady, pvcSeen, pvSeen, seen } from '../../../engine/history/literal.ts'

const restore = { restore: 'hf-1-back', phase: 'Completed' } as const
const restoreSeen = (phase: string, status: Readonly<Record<string, unknown>> = {}) =>
  seen('Restore', 'hf-1-back', { status: { phase, ...status } })

export const restoreReached = {
  holds: [{ title: 'completed', params: restore, history: historyOf(restoreSeen('InProgress'), restoreSeen('Completed')) }],
  not: [
    { title: 'goes on', params: restore, history: historyOf(restoreSeen('InProgress')) },
    { title: 'failed', params: restore, history: historyOf(restoreSeen('Failed', { failureReason: 'the backup is gone' })) },
    { title: 'never seen', params: restore, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.restoreReached>

const removed = { restore: 'hf-1-back' }
const deletedRestore = seen('Restore', 'hf-1-back', { event: 'DELETED' })

export const restoreRemoved = {
  holds: [{ title: 'was there and is gone', params: removed, history: historyOf(restoreSeen('Completed'), deletedRestore) }],
  not: [
    { title: 'is there', params: removed, history: historyOf(restoreSeen('Completed')) },
    { title: 'never seen', params: removed, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.restoreRemoved>

const namespace = { namespace: 'hf-example' }
const there = seen('Namespace', 'hf-example')
const gone = seen('Namespace', 'hf-example', { event: 'DELETED' })
const volume = (event?: 'DELETED') =>
  pvSeen('pv-of-data', { spec: { claimRef: { namespace: 'hf-example' } }, ...(event !== undefined && { event }) })

export const namespaceDestroyed = {
  holds: [
    {
      title: 'all of it gone',
      params: namespace,
      history: historyOf(there, pvcSeen('data'), volume(), gone, pvcSeen('data', { event: 'DELETED' }), volume('DELETED')),
    },
    {
      title: 'what is left is of another namespace',
      params: namespace,
      history: historyOf(there, pvSeen('pv-of-copy', { spec: { claimRef: { namespace: 'hf-example-copy' } } }), gone),
    },
  ],
  not: [
    { title: 'terminating', params: namespace, history: historyOf(seen('Namespace', 'hf-example', { terminating: true })) },
    {
      title: 'a volume is left',
      params: namespace,
      history: historyOf(there, pvcSeen('data'), volume(), gone, pvcSeen('data', { event: 'DELETED' })),
    },
    { title: 'a PVC is left', params: namespace, history: historyOf(there, pvcSeen('data'), gone) },
    { title: 'a Pod is left', params: namespace, history: historyOf(there, podReady('web-0'), gone) },
    { title: 'a VolumeSnapshot is left', params: namespace, history: historyOf(there, seen('VolumeSnapshot', 'before'), gone) },
    { title: 'never seen', params: namespace, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.namespaceDestroyed>

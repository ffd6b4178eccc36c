import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, podReady, pvcSeen, pvSeen, seen } from '../../engine/history/literal.ts'

const backup = { backup: 'hf-1-taken', phase: 'Completed' } as const
const backupSeen = (phase: string, status: Readonly<Record<string, unknown>> = {}) =>
  seen('Backup', 'hf-1-taken', { status: { phase, ...status } })

export const backupReached = {
  holds: [
    { title: 'completed', params: backup, history: historyOf(backupSeen('InProgress'), backupSeen('Completed')) },
    {
      title: 'is being removed since',
      params: backup,
      history: historyOf(backupSeen('Completed'), backupSeen('Deleting')),
    },
  ],
  not: [
    { title: 'goes on', params: backup, history: historyOf(backupSeen('InProgress')) },
    { title: 'ended otherwise', params: backup, history: historyOf(backupSeen('PartiallyFailed', { errors: 1 })) },
    {
      title: 'its data could not be carried',
      params: backup,
      history: historyOf(
        seen('DataUpload', 'hf-1-taken-abcde', { status: { phase: 'Failed', message: 'no space left on device' } }),
        backupSeen('PartiallyFailed', { errors: 1 }),
      ),
    },
    {
      title: 'refused',
      params: backup,
      history: historyOf(backupSeen('FailedValidation', { validationErrors: ['the location is not available'] })),
    },
    { title: 'never seen', params: backup, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.backupReached>

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

const synced = { backup: 'hf-1-taken', location: 'hf-1-of-the-lost' } as const
const backupIn = (storageLocation: string) => seen('Backup', 'hf-1-taken', { spec: { storageLocation }, status: { phase: 'Completed' } })

export const backupSynced = {
  holds: [{ title: 'found in the other location', params: synced, history: historyOf(backupIn('default'), backupIn('hf-1-of-the-lost')) }],
  not: [
    { title: 'seen where it was made', params: synced, history: historyOf(backupIn('default')) },
    { title: 'never seen', params: synced, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.backupSynced>

export const backupRemoved = {
  holds: [
    {
      title: 'was there and is gone',
      params: { backup: 'hf-1-taken' },
      history: historyOf(backupSeen('Completed'), seen('Backup', 'hf-1-taken', { event: 'DELETED' })),
    },
  ],
  not: [
    { title: 'is there', params: { backup: 'hf-1-taken' }, history: historyOf(backupSeen('Deleting')) },
    { title: 'never seen', params: { backup: 'hf-1-taken' }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.backupRemoved>

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
    { title: 'a claim is left', params: namespace, history: historyOf(there, pvcSeen('data'), gone) },
    { title: 'a Pod is left', params: namespace, history: historyOf(there, podReady('web-0'), gone) },
    { title: 'a VolumeSnapshot is left', params: namespace, history: historyOf(there, seen('VolumeSnapshot', 'before'), gone) },
    { title: 'never seen', params: namespace, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.namespaceDestroyed>

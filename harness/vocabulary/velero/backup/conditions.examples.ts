import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

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

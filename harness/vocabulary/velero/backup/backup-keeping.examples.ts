import type { ConditionExamplesOf as Examples } from '../../../engine/judge/define-condition.ts'
import type * as conditions from './backup-keeping.ts'
import { historyOf, seen } from '../../../engine/history/literal.ts'

const backup = 'hf-1-taken'
const inPhase = (phase: string, status: Readonly<Record<string, unknown>> = {}) => seen('Backup', backup, { status: { phase, ...status } })
const gone = seen('Backup', backup, { event: 'DELETED' })
const untilDate = (expiration: string) => inPhase('Completed', { startTimestamp: '2026-01-01T00:00:00Z', expiration })

export const backupUnnoticed = {
  holds: [{ title: 'no status at all', params: { backup }, history: historyOf(seen('Backup', backup)) }],
  not: [
    { title: 'looked at', params: { backup }, history: historyOf(seen('Backup', backup), inPhase('New')) },
    { title: 'never seen', params: { backup }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.backupUnnoticed>

export const onlyBackup = {
  holds: [{ title: 'the only one', params: { backup }, history: historyOf(seen('Backup', backup), inPhase('Completed')) }],
  not: [
    { title: 'another followed', params: { backup }, history: historyOf(inPhase('Completed'), seen('Backup', 'hf-1-again')) },
    { title: 'never seen', params: { backup }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.onlyBackup>

export const backupExpired = {
  holds: [{ title: 'was there and is gone', params: { backup, ttl: 60 }, history: historyOf(untilDate('2026-01-01T00:01:00Z'), gone) }],
  not: [
    { title: 'is there yet', params: { backup, ttl: 60 }, history: historyOf(untilDate('2026-01-01T00:01:00Z')) },
    { title: 'is kept longer', params: { backup, ttl: 60 }, history: historyOf(untilDate('2026-01-31T00:00:00Z')) },
    { title: 'never seen', params: { backup, ttl: 60 }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.backupExpired>

const answered = (status: Readonly<Record<string, unknown>>) =>
  seen('DeleteBackupRequest', `${backup}-delete`, { spec: { backupName: backup }, status })
const refused = answered({ phase: 'Processed', errors: ['the location is read-only'] })

export const deletionRefused = {
  holds: [{ title: 'answered with an error', params: { backup }, history: historyOf(inPhase('Completed'), refused) }],
  not: [
    { title: 'not answered', params: { backup }, history: historyOf(inPhase('Completed'), answered({ phase: 'New' })) },
    { title: 'being deleted', params: { backup }, history: historyOf(inPhase('Completed'), inPhase('Deleting')) },
    { title: 'deleted', params: { backup }, history: historyOf(inPhase('Completed'), answered({ phase: 'Processed' }), gone) },
  ],
} satisfies Examples<typeof conditions.deletionRefused>

const snapshot = (readyToUse: boolean, of = backup) =>
  seen('VolumeSnapshot', 'velero-data-1', { labels: { 'velero.io/backup-name': of }, status: { readyToUse } })

export const snapshotOfBackupReady = {
  holds: [
    { title: 'ready', params: { backup }, history: historyOf(snapshot(false), snapshot(true)) },
    {
      title: 'ready, and gone since',
      params: { backup },
      history: historyOf(snapshot(true), seen('VolumeSnapshot', 'velero-data-1', { event: 'DELETED' }), inPhase('Completed')),
    },
  ],
  not: [
    { title: 'not yet', params: { backup }, history: historyOf(snapshot(false)) },
    { title: 'for another Backup', params: { backup }, history: historyOf(snapshot(true, 'other')) },
    { title: 'ended without', params: { backup }, history: historyOf(inPhase('PartiallyFailed')) },
  ],
} satisfies Examples<typeof conditions.snapshotOfBackupReady>

const labels = { 'velero.io/backup-name': backup }
const marked = seen('VolumeSnapshot', 'velero-data-1', { labels, terminating: true, status: { readyToUse: true } })
const second = seen('VolumeSnapshot', 'velero-data-2', { labels, status: { readyToUse: false } })

export const snapshotsOfBackupLeft = {
  holds: [
    { title: 'ready', params: { backup }, history: historyOf(snapshot(false), snapshot(true)) },
    { title: 'a second one that is not ready', params: { backup }, history: historyOf(snapshot(true), second) },
  ],
  not: [
    { title: 'never ready', params: { backup }, history: historyOf(snapshot(false)) },
    { title: 'marked for deletion', params: { backup }, history: historyOf(snapshot(true), marked) },
    {
      title: 'one of two deleted',
      params: { backup },
      history: historyOf(snapshot(true), second, seen('VolumeSnapshot', 'velero-data-2', { labels, event: 'DELETED' })),
    },
    { title: 'for another Backup', params: { backup }, history: historyOf(snapshot(true, 'other')) },
  ],
} satisfies Examples<typeof conditions.snapshotsOfBackupLeft>

const content = (event: 'ADDED' | 'DELETED', deletionPolicy: 'Retain' | 'Delete', of = backup) =>
  seen('VolumeSnapshotContent', `vsc-${deletionPolicy}`, { event, spec: { deletionPolicy }, labels: { 'velero.io/backup-name': of } })
const [kept, released] = [content('ADDED', 'Retain'), content('DELETED', 'Retain')]
const [deleting, deleted] = [content('ADDED', 'Delete'), content('DELETED', 'Delete')]

export const snapshotsOfBackupGone = {
  holds: [{ title: 'kept, released, and deleted', params: { backup }, history: historyOf(kept, released, deleting, deleted) }],
  not: [
    { title: 'there', params: { backup }, history: historyOf(kept) },
    { title: 'released and kept in the storage', params: { backup }, history: historyOf(kept, released) },
    { title: 'being deleted', params: { backup }, history: historyOf(kept, released, deleting) },
    { title: 'of another Backup', params: { backup }, history: historyOf(content('DELETED', 'Delete', 'other')) },
    { title: 'never seen', params: { backup }, history: historyOf() },
  ],
} satisfies Examples<typeof conditions.snapshotsOfBackupGone>

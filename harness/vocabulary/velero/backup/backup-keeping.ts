import { gapIn } from '../../../engine/judge/judgement.ts'
import { field, latest, observationsOf, phaseOf, wasDeleted } from '../../../engine/object.ts'
import { defineCondition } from '../../../engine/judge/define-condition.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../../../engine/history/history-entry.ts'

/** A Backup by its name. */
export interface BackupName {
  readonly backup: string
}

/** A Backup is there and Velero has not looked at it. */
export const backupUnnoticed = defineCondition<BackupName>({
  name: 'backup-unnoticed',
  reads: ['Backup'],
  describe: ({ backup }) => `Backup ${backup} without a phase`,
  holds({ backup }, history) {
    const object = latest(history, 'Backup', backup)
    return object !== undefined && field(object, 'status', 'phase') === undefined
  },
  seen: ({ backup }, history) => stateOf(history, backup),
})

/** A Backup is the only one of its guarantee that was ever there. */
export const onlyBackup = defineCondition<BackupName>({
  name: 'only-backup',
  reads: ['Backup'],
  describe: ({ backup }) => `no Backup but ${backup}`,
  holds({ backup }, history) {
    const names = new Set(observationsOf(history, 'Backup').map(({ object }) => object.metadata.name))
    return names.size === 1 && names.has(backup)
  },
  seen: (_backup, history) =>
    [...new Set(observationsOf(history, 'Backup').map(({ object }) => object.metadata.name))].join(', ') || 'no Backup',
})

/** A Backup was removed when its time to live was over. */
export const backupExpired = defineCondition<BackupName & { /** Seconds. */ readonly ttl: number }>({
  name: 'backup-expired',
  reads: ['Backup'],
  describe: ({ backup, ttl }) => `Backup ${backup} removed after ${ttl} s`,
  holds: ({ backup }, history) => wasDeleted(history, 'Backup', backup),
  unreachable({ backup, ttl }, history) {
    const object = latest(history, 'Backup', backup)
    const [start, end] = ['startTimestamp', 'expiration'].map((name) => Date.parse(String(field(object, 'status', name))))
    if (start === undefined || end === undefined || !(end - start > (ttl + clockError) * 1000)) return undefined
    return `it is kept until ${String(field(object, 'status', 'expiration'))}, ${Math.round((end - start) / 1000)} s after it was taken.`
  },
  seen: ({ backup }, history) => stateOf(history, backup),
})

/** Seconds between two looks of Velero at the clock. */
const clockError = 10

/** Velero answered a request to delete a Backup that it does not delete it. */
export const deletionRefused = defineCondition<BackupName>({
  name: 'deletion-refused',
  reads: ['DeleteBackupRequest', 'Backup'],
  describe: ({ backup }) => `the deletion of Backup ${backup} refused`,
  holds: ({ backup }, history) =>
    observationsOf(history, 'DeleteBackupRequest').some(({ object }) => isOf(backup, object) && errorsOf(object).length > 0),
  unreachable({ backup }, history) {
    const there = latest(history, 'Backup', backup)
    if (there === undefined) return gapIn(history, ['Backup']) === undefined ? `Backup ${backup} was removed.` : undefined
    return field(there, 'status', 'phase') === 'Deleting' ? `Backup ${backup} is being deleted.` : undefined
  },
  seen: ({ backup }, history) => stateOf(history, backup),
})

/** A VolumeSnapshot that Velero made for a Backup is, or was, ready to use. */
export const snapshotOfBackupReady = defineCondition<BackupName>({
  name: 'snapshot-of-backup-ready',
  reads: ['VolumeSnapshot', 'Backup'],
  describe: ({ backup }) => `a VolumeSnapshot for Backup ${backup} ready to use`,
  holds: ({ backup }, history) => snapshotsFor(history, backup).some(({ object }) => field(object, 'status', 'readyToUse') === true),
  unreachable({ backup }, history) {
    const phase = field(latest(history, 'Backup', backup), 'status', 'phase')
    return ended.includes(phase) ? `Backup ${backup} ended ${String(phase)}.` : undefined
  },
  seen: ({ backup }, history) => `${stateOf(history, backup)}, ${snapshotsFor(history, backup).length === 0 ? 'no' : 'its'} VolumeSnapshot`,
})

/** Every VolumeSnapshot that Velero made for a Backup is there and not marked for deletion, and one of them is ready to use. */
export const snapshotsOfBackupLeft = defineCondition<BackupName>({
  name: 'snapshots-of-backup-left',
  reads: ['VolumeSnapshot'],
  describe: ({ backup }) => `the VolumeSnapshots for Backup ${backup} left`,
  holds({ backup }, history) {
    const last = lastSnapshotsFor(history, backup)
    return last.every(isLeft) && last.some(({ object }) => field(object, 'status', 'readyToUse') === true)
  },
  seen({ backup }, history) {
    const last = lastSnapshotsFor(history, backup)
    const states = last.map((entry) => `${entry.object.metadata.name}${isLeft(entry) ? '' : ', deleted'}`)
    return states.length === 0 ? 'no VolumeSnapshot' : states.join('; ')
  },
})

/** The VolumeSnapshots for a Backup, each as it was last seen. */
function lastSnapshotsFor(history: readonly HistoryEntry[], backup: string): readonly Observation[] {
  const names = snapshotsFor(history, backup).map((entry) => [entry.object.metadata.name, entry] as const)
  return [...new Map(names).values()]
}

function isLeft({ event, object }: Observation): boolean {
  return event !== 'DELETED' && object.metadata.deletionTimestamp === undefined
}

/** Phases in which Velero is done with a Backup. */
const ended: readonly unknown[] = ['Completed', 'PartiallyFailed', 'Failed', 'FailedValidation']

function snapshotsFor(history: readonly HistoryEntry[], backup: string): readonly Observation[] {
  return observationsOf(history, 'VolumeSnapshot').filter(({ object }) => object.metadata.labels?.[backupLabel] === backup)
}

/** Label by which Velero names the Backup for which something was made. */
const backupLabel = 'velero.io/backup-name'

/**
 * Velero has had the snapshots of a Backup deleted. While it keeps them no object stands for them; to delete one it makes a
 * VolumeSnapshotContent with deletionPolicy Delete, and deletes that.
 */
export const snapshotsOfBackupGone = defineCondition<BackupName>({
  name: 'snapshots-of-backup-gone',
  reads: ['VolumeSnapshotContent'],
  describe: ({ backup }) => `the snapshots of Backup ${backup} deleted`,
  holds({ backup }, history) {
    const contents = [...contentsOf(history, backup).values()]
    return contents.every(({ event }) => event === 'DELETED') && contents.some(({ object }) => policyOf(object) === 'Delete')
  },
  seen({ backup }, history) {
    const contents = [...contentsOf(history, backup).values()]
    const states = contents.map(({ event, object }) => `${object.metadata.name} ${policyOf(object)}${event === 'DELETED' ? ', gone' : ''}`)
    return states.length === 0 ? 'no VolumeSnapshotContent' : states.join('; ')
  },
})

/** The VolumeSnapshotContents that Velero labelled as of a Backup, each as it was last seen. */
function contentsOf(history: readonly HistoryEntry[], backup: string): ReadonlyMap<string, Observation> {
  const contents = observationsOf(history, 'VolumeSnapshotContent').filter(({ object }) => object.metadata.labels?.[backupLabel] === backup)
  return new Map(contents.map((content) => [content.object.metadata.name, content]))
}

function policyOf(content: ObservedObject): string {
  return String(field(content, 'spec', 'deletionPolicy'))
}

function isOf(backup: string, request: ObservedObject): boolean {
  return field(request, 'spec', 'backupName') === backup && field(request, 'status', 'phase') === 'Processed'
}

function errorsOf(request: ObservedObject): readonly unknown[] {
  const errors = field(request, 'status', 'errors')
  return Array.isArray(errors) ? errors : []
}

function stateOf(history: readonly HistoryEntry[], backup: string): string {
  const object = latest(history, 'Backup', backup)
  return object === undefined ? `no Backup ${backup}` : `Backup ${phaseOf(object) ?? 'without a phase'}`
}

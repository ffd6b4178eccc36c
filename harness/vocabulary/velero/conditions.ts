import { measurementOf } from '../../engine/measurement.ts'
import { field, latest, observationsOf, phaseOf } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { VeleroErrors } from './velero-results.ts'
import type { HistoryEntry, Observation, ObservedObject } from '../../engine/history/history-entry.ts'

/** Phases of a Backup. See https://velero.io/docs/main/api-types/backup/ */
export type BackupPhase = 'InProgress' | 'WaitingForPluginOperations' | 'Completed' | 'PartiallyFailed' | 'Failed' | 'FailedValidation'

/** Phases of a Restore. See https://velero.io/docs/main/api-types/restore/ */
export type RestorePhase = BackupPhase

/** Phases in which Velero is done with a Backup or Restore. */
const finalPhases: readonly unknown[] = ['Completed', 'PartiallyFailed', 'Failed', 'FailedValidation'] satisfies BackupPhase[]

/** A Backup was seen in a phase. */
export const backupReached = defineCondition<{ readonly backup: string; readonly phase: BackupPhase }>({
  name: 'backup-reached',
  reads: ['Backup'],
  describe: ({ backup, phase }) => `Backup ${backup} ${phase}`,
  holds: ({ backup, phase }, history) => wasIn(history, { kind: 'Backup', name: backup, phase }),
  unreachable: ({ backup }, history) => endOf(history, 'Backup', backup),
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})

/** A Restore was seen in a phase. */
export const restoreReached = defineCondition<{ readonly restore: string; readonly phase: RestorePhase }>({
  name: 'restore-reached',
  reads: ['Restore'],
  describe: ({ restore, phase }) => `Restore ${restore} ${phase}`,
  holds: ({ restore, phase }, history) => wasIn(history, { kind: 'Restore', name: restore, phase }),
  unreachable: ({ restore }, history) => endOf(history, 'Restore', restore),
  seen: ({ restore }, history) => stateOfRequest(history, 'Restore', restore),
})

/** A Backup was found in a BackupStorageLocation, as it was when it completed, perhaps by the Velero of another cluster. */
export const backupSynced = defineCondition<{ readonly backup: string; readonly location: string }>({
  name: 'backup-synced',
  reads: ['Backup'],
  describe: ({ backup, location }) => `Backup ${backup} found in BackupStorageLocation ${location}`,
  holds: ({ backup, location }, history) =>
    observationsOf(history, 'Backup', backup).some(
      ({ object }) => field(object, 'spec', 'storageLocation') === location && phaseOf(object) === 'Completed',
    ),
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})

/** A Backup was there and is no more. */
export const backupRemoved = defineCondition<{ readonly backup: string }>({
  name: 'backup-removed',
  reads: ['Backup'],
  describe: ({ backup }) => `Backup ${backup} gone`,
  holds: ({ backup }, history) => observationsOf(history, 'Backup', backup).at(-1)?.event === 'DELETED',
  seen: ({ backup }, history) => stateOfRequest(history, 'Backup', backup),
})

/** A namespace is gone, and with it all Pods, PersistentVolumeClaims, PersistentVolumes and VolumeSnapshots of it that were seen. */
export const namespaceDestroyed = defineCondition<{ readonly namespace: string }>({
  name: 'namespace-destroyed',
  reads: ['Namespace', 'Pod', 'PersistentVolumeClaim', 'PersistentVolume', 'VolumeSnapshot'],
  describe: ({ namespace }) => `nothing left of namespace ${namespace}`,
  holds: ({ namespace }, history) =>
    observationsOf(history, 'Namespace', namespace).at(-1)?.event === 'DELETED' && leftOf(history, namespace).length === 0,
  seen({ namespace }, history) {
    const left = leftOf(history, namespace)
    return left.length === 0 ? 'no Namespace was seen' : `left: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ', …' : ''}`
  },
})

function leftOf(history: readonly HistoryEntry[], namespace: string): readonly string[] {
  const there = new Map<string, string>()
  for (const entry of history) {
    if (entry.type !== 'observation' || namespaceOf(entry) !== namespace) continue
    const { name, uid } = entry.object.metadata
    if (entry.event === 'DELETED') there.delete(uid)
    else there.set(uid, `${entry.kind} ${name}`)
  }
  return [...there.values()]
}

/** The namespace with which an object is to go, or undefined for kinds that are not looked at. */
function namespaceOf({ kind, object }: Observation): unknown {
  switch (kind) {
    case 'Namespace':
      return object.metadata.name
    case 'PersistentVolume':
      return field(object, 'spec', 'claimRef', 'namespace')
    case 'Pod':
    case 'PersistentVolumeClaim':
    case 'VolumeSnapshot':
      return object.metadata.namespace
    default:
      return undefined
  }
}

function textOf(object: ObservedObject | undefined, name: string): string | undefined {
  const text = field(object, 'status', name)
  return typeof text === 'string' ? text : undefined
}

function wasIn(
  history: readonly HistoryEntry[],
  { kind, name, phase }: { readonly kind: string; readonly name: string; readonly phase: string },
): boolean {
  return observationsOf(history, kind, name).some(({ object }) => phaseOf(object) === phase)
}

/** How a Backup or Restore ended and why, or undefined while it goes on. A wait asks only when it was not the end that is waited for. */
function endOf(history: readonly HistoryEntry[], kind: Request, name: string): string | undefined {
  const object = latest(history, kind, name)
  if (object === undefined || !finalPhases.includes(phaseOf(object))) return undefined
  const transfers = failedTransfers(history, { kind, name })
  const causes = [...reasonsOf(object), ...(transfers.length > 0 ? transfers : storedErrors(history, name))]
  return `it ended ${String(phaseOf(object))}${causes.length === 0 ? '' : `: ${causes.join('; ')}`}.`
}

type Request = 'Backup' | 'Restore'

/** How much of an error a sentence takes from its beginning and from its end, where Go puts the innermost cause. */
const kept = { beginning: 90, end: 170 } as const

/** The first error that Velero stored with a Backup or Restore, where it could be read. */
function storedErrors(history: readonly HistoryEntry[], name: string): readonly string[] {
  const measured = measurementOf(history, { what: 'velero-errors', label: 'stored by Velero', subject: name })
  const { errors } = (measured?.value ?? { errors: [] }) as VeleroErrors
  return errors.slice(0, 1).map(inOneLine)
}

/** What Velero itself says of a Backup or Restore that did not complete. */
function reasonsOf(object: ObservedObject): readonly string[] {
  const validationErrors = field(object, 'status', 'validationErrors')
  const failureReason = textOf(object, 'failureReason')
  const errors = field(object, 'status', 'errors')
  return [
    ...(Array.isArray(validationErrors) ? validationErrors.map(String) : []),
    ...(failureReason === undefined ? [] : [failureReason]),
    ...(typeof errors === 'number' && errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
  ].map(inOneLine)
}

/** What carries the data of volumes for a Backup or a Restore. Velero names them after it. */
const carriers = { Backup: ['PodVolumeBackup', 'DataUpload'], Restore: ['PodVolumeRestore', 'DataDownload'] } as const

function failedTransfers(history: readonly HistoryEntry[], { kind, name }: { readonly kind: Request; readonly name: string }) {
  return carriers[kind].flatMap((carrier) => {
    const names = new Set(observationsOf(history, carrier).map(({ object }) => object.metadata.name))
    return [...names]
      .filter((one) => one.startsWith(`${name}-`))
      .map((one) => latest(history, carrier, one))
      .filter((object) => ['Failed', 'Canceled'].includes(phaseOf(object) ?? ''))
      .map((object) => `${carrier} ${String(phaseOf(object))}: ${inOneLine(textOf(object, 'message') ?? 'no message')}`)
  })
}

function inOneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim().replace(/\.$/u, '')
  return line.length <= kept.beginning + kept.end ? line : `${line.slice(0, kept.beginning)} … ${line.slice(-kept.end)}`
}

function stateOfRequest(history: readonly HistoryEntry[], kind: Request, name: string): string {
  const object = latest(history, kind, name)
  if (object === undefined) return `no ${kind} ${name}`
  return [`${kind} ${phaseOf(object) ?? 'without a phase'}`, ...reasonsOf(object)].join(', ')
}

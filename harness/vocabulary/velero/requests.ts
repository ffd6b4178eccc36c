import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { measurementOf } from '../../engine/measurement.ts'
import { field, latest, observationsOf, phaseOf } from '../../engine/object.ts'

/** Phases of a Backup or Restore. See https://velero.io/docs/main/api-types/backup/ and https://velero.io/docs/main/api-types/restore/ */
export type RequestPhase = 'InProgress' | 'WaitingForPluginOperations' | 'Completed' | 'PartiallyFailed' | 'Failed' | 'FailedValidation'

/** Phases in which Velero is done with a Backup or Restore. */
const finalPhases: readonly unknown[] = ['Completed', 'PartiallyFailed', 'Failed', 'FailedValidation'] satisfies RequestPhase[]

/** Errors that Velero stored with a Backup or Restore: its status has no more than their number. */
export interface VeleroErrors {
  readonly errors: readonly string[]
}

function textOf(object: ObservedObject | undefined, name: string): string | undefined {
  const text = field(object, 'status', name)
  return typeof text === 'string' ? text : undefined
}

/** Whether a Backup or Restore was seen in a phase. */
export function wasIn(
  history: readonly HistoryEntry[],
  { kind, name, phase }: { readonly kind: RequestKind; readonly name: string; readonly phase: string },
): boolean {
  return observationsOf(history, kind, name).some(({ object }) => phaseOf(object) === phase)
}

/** How a Backup or Restore ended and why, or undefined while it goes on. A wait asks only when it was not the end that is waited for. */
export function endOf(history: readonly HistoryEntry[], kind: RequestKind, name: string): string | undefined {
  const object = latest(history, kind, name)
  if (object === undefined || !finalPhases.includes(phaseOf(object))) return undefined
  const transfers = failedTransfers(history, { kind, name })
  const causes = [...reasonsOf(object), ...(transfers.length > 0 ? transfers : storedErrors(history, name))]
  return `it ended ${String(phaseOf(object))}${causes.length === 0 ? '' : `: ${causes.join('; ')}`}.`
}

/** Kinds of what Velero is asked to do. */
export type RequestKind = 'Backup' | 'Restore'

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

function failedTransfers(history: readonly HistoryEntry[], { kind, name }: { readonly kind: RequestKind; readonly name: string }) {
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

/** A Backup or Restore in a few words. */
export function stateOfRequest(history: readonly HistoryEntry[], kind: RequestKind, name: string): string {
  const object = latest(history, kind, name)
  if (object === undefined) return `no ${kind} ${name}`
  return [`${kind} ${phaseOf(object) ?? 'without a phase'}`, ...reasonsOf(object)].join(', ')
}

import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { FailureCode } from './failure.ts'

/** One call as one line of the call log. */
export interface CallRecord {
  /** When the call arrived, ISO 8601. */
  readonly at: string
  readonly method: string
  readonly request: unknown
  readonly code: FailureCode | 'OK'
  readonly durationMs: number
  readonly error?: string
  readonly fault?: string
  /** Milliseconds for which file systems were frozen for a snapshot or a clone. */
  readonly frozenMs?: number
  readonly volumeId?: string
  readonly snapshotId?: string
  readonly response?: unknown
}

/** Receives the record of every call. */
export interface CallSink {
  readonly append: (record: CallRecord) => void
}

/** A file that gets one line for each call. */
export type CallLog = CallSink & Disposable

/** Copy of a request without the values of its secrets. */
export function withoutSecrets(request: object): object {
  if (!('secrets' in request) || typeof request.secrets !== 'object' || request.secrets === null) return request
  return { ...request, secrets: Object.fromEntries(Object.keys(request.secrets).map((key) => [key, '(not logged)'])) }
}

function field(message: unknown, name: string): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const value: unknown = Reflect.get(message, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function inner(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined
}

/** Ids of the volume and the snapshot that a call is about, from its request or its response. */
export function subjects(request: unknown, response: unknown): { readonly volumeId?: string; readonly snapshotId?: string } {
  const snapshot = inner(response, 'snapshot')
  const volumeId = field(request, 'volume_id') ?? field(request, 'source_volume_id') ?? field(inner(response, 'volume'), 'volume_id')
  const restored = field(inner(inner(request, 'volume_content_source'), 'snapshot'), 'snapshot_id')
  const snapshotId = field(request, 'snapshot_id') ?? field(snapshot, 'snapshot_id') ?? restored
  return { ...(volumeId === undefined ? {} : { volumeId }), ...(snapshotId === undefined ? {} : { snapshotId }) }
}

/** Opens `<directory>/<name>.jsonl` for appending: a line is one write, so a kill never mixes two. */
export function openCallLog(directory: string, name: string): CallLog {
  const file = openSync(join(directory, `${name}.jsonl`), 'a', 0o644)
  return {
    append: (record) => {
      writeSync(file, `${JSON.stringify(record)}\n`)
    },
    [Symbol.dispose]: () => {
      closeSync(file)
    },
  }
}

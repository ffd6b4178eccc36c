import { existsSync } from 'node:fs'
import { observationsOf } from '../../../engine/object.ts'
import { pvNameOf } from '../../pvc/readings.ts'
import { driverCalls, driverNames } from './driver-calls.ts'
import type { DriverFixtures } from '../driver-fixtures.ts'
import { catchUpOn } from '../../../engine/judge/catch-up-on.ts'

/** One call of the CSI driver, as its call log tells it. */
export interface DriverCall {
  /** When the call arrived, ISO 8601. */
  readonly at: string
  /** How long it took. */
  readonly durationMs?: number
  readonly method: string
  readonly request: unknown
  /** gRPC status code: `OK`, or why it failed. */
  readonly code: string
  /** What it answered, where it did not fail. */
  readonly response?: unknown
  /** Fault that the call came under, where it did. */
  readonly fault?: string
  /** Process that got the call: `<node>-<mode>`, such as `kind-worker-node`. Runs of earlier versions do not say so. */
  readonly process?: string
}

/** Names the calls that were kept for a PersistentVolumeClaim. */
export interface CallsName {
  readonly pvc: string
  readonly label: string
}

/**
 * Keeps, in the history, all calls that the CSI driver got so far about the volume of a PersistentVolumeClaim, or about one to be made for
 * it. Throws `Inconclusive` when a watch that tells which volume that is cannot catch up.
 */
export async function measureDriverCalls(
  label: string,
  { cluster, history, measure }: Pick<DriverFixtures, 'cluster' | 'history' | 'measure'>,
  pvc: string,
): Promise<CallsName> {
  await catchUpOn(history, ['PersistentVolumeClaim', 'PersistentVolume'])
  const pvcs = observationsOf(history.entries, 'PersistentVolumeClaim', pvc)
  const volumes = observationsOf(history.entries, 'PersistentVolume', pvNameOf(history.entries, pvc) ?? '')
  const names = driverNames([...pvcs, ...volumes], [])
  const { callLogDirectory } = cluster
  const lines = callLogDirectory === null || !existsSync(callLogDirectory) ? [] : driverCalls(callLogDirectory, names)
  const value = lines.map(({ line, process }): DriverCall => ({ ...(JSON.parse(line) as DriverCall), process }))
  measure('driver-calls', label, { subject: { kind: 'PersistentVolumeClaim', name: pvc }, value })
  return { pvc, label }
}

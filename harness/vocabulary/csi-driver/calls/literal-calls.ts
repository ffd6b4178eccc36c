import type { LiteralEntry } from '../../../engine/history/literal.ts'

/** Time at which an example history begins. */
const begin = 1_700_000_000_000

/** Calls about the volume of PVC `data`, as they are read under a label. */
export function callsRead(label: string, calls: readonly object[]): LiteralEntry {
  return { type: 'measurement', what: 'driver-calls', label, subject: { kind: 'PersistentVolumeClaim', name: 'data' }, value: calls }
}

/** A call that was answered, at some time. */
export function callAnswered(method: string, response: object): object {
  return { at: '2026-01-01T00:00:00.000Z', method, code: 'OK', request: {}, response }
}

/** A call that begins so many milliseconds after an example history, and takes so many. */
export type TimedCall = readonly [from: number, forMs: number, method?: string]

/** Calls that took their time, as they are read under the label `later`. */
export function timedCallsRead(...calls: readonly TimedCall[]): LiteralEntry {
  const at = (from: number) => new Date(begin + from).toISOString()
  return callsRead(
    'later',
    calls.map(([from, durationMs, method = 'CreateVolume']) => ({ at: at(from), method, durationMs, code: 'OK', request: {} })),
  )
}

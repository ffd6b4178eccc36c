import type { KubernetesApi } from '../kubernetes/api.ts'

/** How much of one log is kept, in bytes: its end. */
export const logBytes = 256 * 1024

/** How many lines of one log are asked for, from its end. */
export const logLines = 10_000

/** Where evidence goes, and how what cannot be had is noted. */
export interface Collector {
  readonly api: KubernetesApi
  readonly namespace: string
  /** Aborted when the time for evidence is over. */
  readonly signal: AbortSignal
  readonly tried: <Result>(what: string, collect: () => Promise<Result>) => Promise<Result | undefined>
  /** What cannot be had, in sentences. */
  readonly missing: string[]
  readonly write: (file: string, content: string) => void
}

/** The end of a log, beginning with a whole line. */
export function endOfLog(log: string): string {
  const bytes = Buffer.from(log)
  if (bytes.length <= logBytes) return log
  const end = bytes.subarray(bytes.length - logBytes)
  return end.subarray(end.indexOf('\n') + 1).toString('utf8')
}

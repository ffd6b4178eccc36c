import type { HistoryEntry, ObservedObject } from '../history/history-entry.ts'
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
  /** Writes a file of evidence. Of what is empty, only that is noted. */
  readonly write: (file: string, content: string) => void
}

/** Collects the evidence of one subject, after that of the namespaces. */
export interface SubjectCollector {
  /** What is collected, as a finding names it: `What Velero did`. */
  readonly what: string
  readonly collect: (
    collector: Collector & {
      /** Where `write` writes to. */
      readonly directory: string
      readonly history: readonly HistoryEntry[]
      /** Objects found in the namespaces. */
      readonly objects: readonly ObservedObject[]
    },
  ) => Promise<void> | void
}

/** The end of a log, beginning with a whole line. */
export function endOfLog(log: string): string {
  const bytes = Buffer.from(log)
  if (bytes.length <= logBytes) return log
  const end = bytes.subarray(bytes.length - logBytes)
  return end.subarray(end.indexOf('\n') + 1).toString('utf8')
}

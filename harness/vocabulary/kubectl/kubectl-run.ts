import type { HistoryEntry, Measurement } from '../../engine/history/history-entry.ts'
import type { ForwardedRequest } from '../../engine/kubernetes/local-proxy.ts'
import { measurementOf } from '../../engine/measurement.ts'

/** What is kept of a command of kubectl. */
export interface KubectlRun {
  /** As somebody types it. */
  readonly command: string
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** What it asked the API server, discovery left out. */
  readonly requests: readonly ForwardedRequest[]
  /** What was fetched through a port-forward. */
  readonly page?: { readonly status: number; readonly body: string }
}

/** Names a command of kubectl in the history. */
export interface KubectlCommand {
  readonly label: string
}

/** The subject of what is kept of kubectl. */
export const kubectlSubject = { kind: 'Command', name: 'kubectl' } as const

/** The last command of that label; undefined where it was never run. */
export function kubectlRunOf(
  history: readonly HistoryEntry[],
  { label }: KubectlCommand,
): (KubectlRun & { readonly entry: Measurement }) | undefined {
  const entry = measurementOf(history, { what: 'kubectl', label, subject: kubectlSubject.name })
  return entry && { ...(entry.value as KubectlRun), entry }
}

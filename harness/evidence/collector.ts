import type { KubernetesApi } from '../kubernetes/api.ts'

/** How much of one log is kept. */
export const logBytes = 256 * 1024

/** Where evidence goes, and how what cannot be had is told. */
export interface Collector {
  readonly api: KubernetesApi
  readonly namespace: string
  readonly tried: <Result>(what: string, collect: () => Promise<Result>) => Promise<Result | undefined>
  readonly write: (file: string, content: string) => void
}

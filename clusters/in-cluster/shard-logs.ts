import { CoreV1Api } from '@kubernetes/client-node'
import { inCluster } from '../../contract/shards.ts'
import { clusterApi, type KubectlPlace } from '../api.ts'

/** Seconds that are read twice: the clocks of this machine and of a node differ. */
const overlap = 30

/** Reads on in the logs of Pods. */
export interface LogReader {
  /** Lines of a Pod that were not read before; none where they cannot be read. */
  newLines(pod: string): Promise<readonly string[]>
}

/** Opens the logs of the Pods of a namespace. */
export function openLogs({ kubeconfig, context }: KubectlPlace, namespace: string): LogReader {
  const api = clusterApi(kubeconfig, context).config.makeApiClient(CoreV1Api)
  const last = new Map<string, string>()
  const readAt = new Map<string, number>()
  return {
    async newLines(name) {
      try {
        const now = performance.now()
        const before = last.get(name) ?? ''
        const since = readAt.get(name)
        const sinceSeconds = since === undefined ? undefined : Math.ceil((now - since) / 1000) + overlap
        const which = { name, namespace, container: inCluster.container, timestamps: true }
        const text = await api.readNamespacedPodLog({ ...which, ...(sinceSeconds !== undefined && { sinceSeconds }) })
        readAt.set(name, now)
        // Times of one log only grow, and are written so that they compare as text.
        const lines = text.split('\n').filter((line) => line !== '' && timeOf(line) > before)
        const newest = lines.at(-1)
        if (newest !== undefined) last.set(name, timeOf(newest))
        return lines.map((line) => line.slice(timeOf(line).length + 1))
      } catch {
        return []
      }
    },
  }
}

function timeOf(line: string): string {
  return line.slice(0, line.indexOf(' '))
}

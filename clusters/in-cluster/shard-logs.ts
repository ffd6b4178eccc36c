import { CoreV1Api } from '@kubernetes/client-node'
import { inCluster } from '../../contract/shards.ts'
import { clusterApi, type KubectlPlace } from '../api.ts'

/** Reads on in the logs of Pods. */
export interface LogReader {
  /** Lines of a Pod that were not read before; none where they cannot be read. */
  newLines(pod: string): Promise<readonly string[]>
}

/** Opens the logs of the Pods of a namespace. */
export function openLogs({ kubeconfig, context }: KubectlPlace, namespace: string): LogReader {
  const api = clusterApi(kubeconfig, context).config.makeApiClient(CoreV1Api)
  const last = new Map<string, string>()
  return {
    async newLines(name) {
      try {
        const text = await api.readNamespacedPodLog({ name, namespace, container: inCluster.container, timestamps: true })
        const before = last.get(name) ?? ''
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

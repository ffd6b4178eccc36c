import { CoreV1Api } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import type { PodTrouble } from '../readiness/pod-trouble.ts'

const linesAtMost = 3
const lettersAtMost = 200

/** What the container of a Pod in trouble said last, in a sentence; empty where it said nothing or cannot be asked. */
export async function lastLines(api: ClusterApi, { namespace, pod, container, restarts }: PodTrouble): Promise<string> {
  if (container === undefined) return ''
  const client = api.config.makeApiClient(CoreV1Api)
  const read = async (previous: boolean): Promise<string> => {
    try {
      return await client.readNamespacedPodLog({ name: pod, namespace, container, tailLines: linesAtMost, previous })
    } catch {
      // It may not have run yet, or its node may have removed what it said.
      return ''
    }
  }
  const printed = (restarts > 0 ? await read(true) : '') || (await read(false))
  const lines = printed
    .split('\n')
    .map((line) => line.trim().slice(0, lettersAtMost))
    .filter((line) => line !== '')
  return lines.length === 0 ? '' : `Container ${container} said last: ${lines.map((line) => `"${line}"`).join(' ')}`
}

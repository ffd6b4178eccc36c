import { attempt, type Attempt, done } from '../../engine/kubernetes/act.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import type { History } from '../../engine/history/history.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import { evictionOf } from './eviction.ts'

/** Acts of a suite that move Pods as maintenance does. */
export interface EvictionActs {
  /**
   * Asks for the eviction of a Pod, and does not wait until it is gone. A refusal is an answer like another. See
   * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
   */
  evict(pod: string): Promise<Attempt<ObservedObject>>
}

/** Evictions of the Pods of a namespace. */
export function evictionActs({
  api,
  history,
  name: namespace,
  signal,
}: {
  readonly api: KubernetesApi
  readonly history: History
  readonly name: string
  readonly signal: AbortSignal
}): EvictionActs {
  return {
    async evict(name) {
      const subject = { kind: 'Pod', name, namespace }
      const send = async (auditID: string) => api.send({ ...evictionOf({ metadata: { name, namespace } }), auditID, signal })
      return attempt({ history, isAudited: true, verb: 'evict', subject, send, answer: done })
    },
  }
}

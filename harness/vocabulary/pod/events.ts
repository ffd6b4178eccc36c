import type { History } from '../../engine/history/history.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'

/** Where Events are looked at, and the history that gets what they say. */
export interface EventLook {
  readonly api: KubernetesApi
  readonly history: History
  readonly namespace: string
  readonly signal: AbortSignal
}

/** Lists the Events of a namespace that a field selector of Kubernetes takes. Throws an `ApiError` where that is refused. */
export async function eventsOf(
  { api, namespace, signal }: Pick<EventLook, 'api' | 'namespace' | 'signal'>,
  fieldSelector: string,
): Promise<readonly ObservedObject[]> {
  const path = `/api/v1/namespaces/${namespace}/events`
  const { items = [] } = await api.send<{ readonly items?: readonly ObservedObject[] }>({ path, query: { fieldSelector }, signal })
  return items
}

import { act, done } from '../../engine/kubernetes/act.ts'
import { isConflict } from '../../engine/kubernetes/api-error.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import type { History } from '../../engine/history/history.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'
import { field } from '../../engine/object.ts'

/** Deletes the Node object of a node that is stopped. When the guarantee is over, it is there again. Returns what it was. */
export async function deleteNode(
  name: string,
  options: { readonly api: KubernetesApi; readonly history: History; readonly reverts: Reverts; readonly signal: AbortSignal },
): Promise<ObservedObject> {
  const { api, history, reverts, signal } = options
  const path = `/api/v1/nodes/${name}`
  const node = await api.send({ path, signal })
  reverts.register(`the Node object ${name}`, async (within) => registerNode(api, node, within))
  await act({
    ...{ history, verb: 'delete', subject: { kind: 'Node', name } },
    send: async () => api.send({ method: 'DELETE', path, signal }),
    answer: done,
  })
  return node
}

/**
 * Makes a Node object again that was deleted, unless it is there. A kubelet that registers itself would get another range of addresses for
 * its Pods than the network plugin of the node gives them.
 */
export async function registerNode(api: KubernetesApi, node: ObservedObject, signal: AbortSignal): Promise<void> {
  await api.send({ method: 'POST', path: '/api/v1/nodes', body: registrationOf(node), signal }).catch((error: unknown) => {
    if (!isConflict(error)) throw error
  })
}

/** The Node object with which a node is registered as it was before. */
export function registrationOf({ metadata: { name, labels }, spec }: Pick<ObservedObject, 'metadata'> & { readonly spec?: unknown }) {
  const [podCIDR, podCIDRs, providerID] = ['podCIDR', 'podCIDRs', 'providerID'].map((key) => field(spec, key))
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { podCIDR, podCIDRs, providerID } }
}

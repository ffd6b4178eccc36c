import type { V1Pod } from '@kubernetes/client-node'
import { untilReady, type ClusterApi } from '../api.ts'

function isReady(pod: V1Pod): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false
}

async function systemPods(api: ClusterApi, prefix: string): Promise<readonly V1Pod[]> {
  const pods = (await api.objects.list<V1Pod>('v1', 'Pod', 'kube-system')).items
  return pods.filter((pod) => pod.metadata?.name?.startsWith(prefix) === true)
}

/**
 * Waits until kube-proxy runs on the named nodes. A Pod that dials the API server's Service address before hangs for the 30 s of its
 * first dial, which is how long CoreDNS and the CSI sidecars then take to become ready.
 */
export async function serviceNetworkReady(api: ClusterApi, nodes: readonly string[]): Promise<void> {
  await untilReady({
    what: 'kube-proxy',
    within: 60,
    async look() {
      const ready = (await systemPods(api, 'kube-proxy-')).filter(isReady).map((pod) => pod.spec?.nodeName)
      const missing = nodes.find((node) => !ready.includes(node))
      return missing === undefined ? undefined : `no Pod of it is Ready on node ${missing}`
    },
  })
}

/** Starts cluster DNS anew once the Service network works on every node: CoreDNS comes up before it does. */
export async function freshClusterDns(api: ClusterApi, nodes: readonly string[]): Promise<void> {
  await serviceNetworkReady(api, nodes)
  for (const pod of await systemPods(api, 'coredns-')) {
    if (!isReady(pod)) await api.delete({ apiVersion: 'v1', kind: 'Pod', name: pod.metadata?.name ?? '', namespace: 'kube-system' })
  }
}

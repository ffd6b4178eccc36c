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
 * Starts cluster DNS anew once the Service network works on every node. CoreDNS comes up before kube-proxy has made the API server's Service address
 * reachable, and its first dial then hangs for 30 s; a new Pod dials at once.
 */
export async function freshClusterDns(api: ClusterApi, nodeCount: number): Promise<void> {
  await untilReady({
    what: 'kube-proxy',
    within: 60,
    async look() {
      const ready = (await systemPods(api, 'kube-proxy-')).filter(isReady).length
      return ready >= nodeCount ? undefined : `${ready} of ${nodeCount} Pods of it are Ready`
    },
  })
  for (const pod of await systemPods(api, 'coredns-')) {
    if (!isReady(pod)) await api.delete({ apiVersion: 'v1', kind: 'Pod', name: pod.metadata?.name ?? '', namespace: 'kube-system' })
  }
}

import type { V1Node } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { untilReady } from '../api.ts'
import { engine } from '../container-engine.ts'
import { podNetwork } from '../kind-config/holdfast-config.ts'

interface Route {
  readonly node: string
  readonly cidr: string
  readonly address: string
}

async function routesOf(api: ClusterApi): Promise<readonly Route[]> {
  const nodes = await api.objects.list<V1Node>('v1', 'Node')
  return nodes.items.map((node) => ({
    node: node.metadata?.name ?? '',
    cidr: node.spec?.podCIDR ?? '',
    address: node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '',
  }))
}

/**
 * Joins the Pod networks of the nodes: every node gets one route to each other node's PodCIDR, and lets its Pods out of their network
 * under its own address, by a file that a systemd unit of the node image applies now and after every restart of the node.
 */
export async function joinPodNetworks(api: ClusterApi, nodeCount: number): Promise<void> {
  let routes: readonly Route[] = []
  await untilReady({
    what: 'The Pod network',
    within: 60,
    async look() {
      routes = await routesOf(api)
      if (routes.length < nodeCount) return `${routes.length} of ${nodeCount} nodes have joined`
      const without = routes.find((route) => route.cidr === '' || route.address === '')
      return without === undefined ? undefined : `node ${without.node} has no PodCIDR or address yet`
    },
  })
  await Promise.all(
    routes.map(async ({ node }) => {
      const lines = routes.filter((other) => other.node !== node).map((other) => `${other.cidr} ${other.address}\n`)
      await engine(
        ['exec', '--interactive', node, 'sh', '-c', 'cat > /kind/holdfast/routes && systemctl restart holdfast-routes.service'],
        {
          input: [`masquerade ${podNetwork}\n`, ...lines].join(''),
        },
      )
    }),
  )
}

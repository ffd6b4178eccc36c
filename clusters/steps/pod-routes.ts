import type { V1Node } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { untilReady } from '../api.ts'
import { engine } from '../machine/container-engine.ts'
import { podNetwork } from '../kind-config/holdfast-config.ts'
import type { Log } from '../log.ts'

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
  await Promise.all(routes.map(async ({ node }) => writeRoutes(node, routes)))
}

/**
 * Joins the Pod networks of a cluster again whose nodes got other addresses, as they do when the container engine or the machine was
 * started anew. Nodes of a public image do so by themselves and are left alone.
 */
export async function renewPodRoutes(api: ClusterApi, log: Log): Promise<void> {
  const routes = await routesOf(api)
  await Promise.all(
    routes.map(async ({ node }) => {
      const written = await engine(['exec', node, 'sh', '-c', `cat ${file} 2> /dev/null || true`])
      if (written === '' || written === linesOf(node, routes).trimEnd()) return
      log(`Node ${node} knows others by addresses that they no longer have: joining the Pod networks again.`)
      await writeRoutes(node, routes)
    }),
  )
}

/** What the systemd unit of the node image reads. */
const file = '/kind/holdfast/routes'

function linesOf(node: string, routes: readonly Route[]): string {
  const others = routes.filter((other) => other.node !== node).toSorted((one, other) => (one.node < other.node ? -1 : 1))
  return [`masquerade ${podNetwork}\n`, ...others.map(({ cidr, address }) => `${cidr} ${address}\n`)].join('')
}

async function writeRoutes(node: string, routes: readonly Route[]): Promise<void> {
  const script = `cat > ${file} && systemctl restart holdfast-routes.service`
  await engine(['exec', '--interactive', node, 'sh', '-c', script], { input: linesOf(node, routes) })
}

import { execa } from 'execa'
import { askEngine, inspect } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { ensureTool } from '../kind/tools.ts'

/** A container that runs a node of a kind cluster, or balances the load of its API servers. */
export interface KindContainer {
  readonly name: string
  /** Name of the kind cluster. */
  readonly cluster: string
  /** IP addresses on the networks of the engine. */
  readonly addresses: readonly string[]
  /** Ports of this machine at which its API server answers. */
  readonly ports: readonly string[]
}

/** Facts about a cluster from its kubeconfig and API server. */
export interface SeenCluster {
  /** Address of the API server. */
  readonly server: string
  readonly nodes: readonly string[]
}

const apiServerPort = '6443'

/**
 * Name of the kind cluster on this machine that is the one which was seen: every node is a container of it, and the API server is reached
 * through one of its containers. Undefined when that cannot be shown.
 */
export function kindClusterOf({ server, nodes }: SeenCluster, containers: readonly KindContainer[]): string | undefined {
  const { hostname, port } = new URL(server)
  const local = ['127.0.0.1', '0.0.0.0', 'localhost', '[::1]', '[::]'].includes(hostname)
  for (const [cluster, own] of Map.groupBy(containers, (each) => each.cluster)) {
    const names = own.map(({ name }) => name)
    const isReached = own.some(
      ({ name, addresses, ports }) =>
        (local && ports.includes(port)) || (port === apiServerPort && (name === hostname || addresses.includes(hostname))),
    )
    if (isReached && nodes.length > 0 && nodes.every((node) => names.includes(node))) return cluster
  }
  return undefined
}

/** What `docker inspect` says of the container of a kind cluster. */
export interface Inspected {
  readonly Name: string
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null }
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>
    readonly Ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>>
  }
}

/** Takes what is needed from what `docker inspect` says of the containers of kind clusters. */
export function readInspected(found: readonly Inspected[]): readonly KindContainer[] {
  return found.map(({ Name, Config, NetworkSettings }) => ({
    name: Name.replace(/^\//, ''),
    cluster: Config.Labels?.['io.x-k8s.kind.cluster'] ?? '',
    addresses: Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress),
    ports: (NetworkSettings.Ports[`${apiServerPort}/tcp`] ?? []).map(({ HostPort }) => HostPort),
  }))
}

/** Containers of all kind clusters in the local engine; none where no engine answers. */
export async function kindContainers(): Promise<readonly KindContainer[]> {
  const listed = await askEngine(['ps', '--quiet', '--filter', 'label=io.x-k8s.kind.cluster'], { seconds: 10 })
  const ids = (listed ?? '').split('\n').filter((id) => id !== '')
  if (ids.length === 0) return []
  // One that ends in the meantime is missing from the answer.
  return readInspected(await inspect<Inspected>('container', ids))
}

/** Loads an image of the local engine into those nodes of a kind cluster that do not have it. */
export async function loadIntoNodes(
  image: string,
  { cluster, nodes, log }: { readonly cluster: string; readonly nodes: readonly string[]; readonly log: Log },
): Promise<void> {
  const lacking = await nodesWithout(image, nodes)
  if (lacking.length === 0) return
  log(`loading ${image} into ${lacking.join(', ')}`)
  const kind = await ensureTool('kind', { log })
  const loaded = await execa(kind, ['load', 'docker-image', image, '--name', cluster, '--nodes', lacking.join(',')], {
    reject: false,
    env: { KIND_EXPERIMENTAL_PROVIDER: 'docker' },
  })
  if (!loaded.failed) return
  throw new SetupError(`kind could not load ${image} into the nodes of cluster ${cluster}: ${lastLine(loaded.stderr)}.`, {
    fix: `Check that "kind load docker-image ${image} --name ${cluster}" works.`,
    cause: loaded,
  })
}

/** Those nodes of a kind cluster that do not have an image. */
export async function nodesWithout(image: string, nodes: readonly string[]): Promise<readonly string[]> {
  const present = await Promise.all(nodes.map(async (node) => hasImage(node, image)))
  return nodes.filter((_, place) => present[place] === false)
}

async function hasImage(node: string, image: string): Promise<boolean> {
  const found = await askEngine(['exec', node, 'ctr', '--namespace', 'k8s.io', 'images', 'ls', '--quiet', `name==${image}`])
  return found !== undefined && found !== ''
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').replace(/^ERROR: /, '').replace(/\.$/, '')
}

import { type ClusterOwner, kindLabel, labelsOf } from './cluster-owner.ts'
import { askEngine, engine, inspect } from './container-engine.ts'

const mtuOption = 'com.docker.network.driver.mtu'

interface Network {
  readonly Name: string
  readonly Options: Readonly<Record<string, string>> | null
}

/**
 * Makes the network of a cluster, under the cluster's name. It is the first thing of a cluster that the engine knows of, and carries the
 * owner: whoever shares the engine sees from then on that a cluster is being made.
 */
export async function createNetwork(cluster: string, owner: ClusterOwner): Promise<void> {
  // The daemon's setting for machines whose network takes smaller packets holds for its own bridge only.
  const [bridge] = await inspect<Network>('network', ['bridge'])
  const mtu = bridge?.Options?.[mtuOption]
  const options = ['com.docker.network.bridge.enable_ip_masquerade=true', ...(mtu === undefined ? [] : [`${mtuOption}=${mtu}`])]
  const labels = Object.entries(labelsOf(cluster, owner)).map(([name, value]) => `${name}=${value}`)
  const flags = [...options.flatMap((option) => ['--opt', option]), ...labels.flatMap((label) => ['--label', label])]
  await engine(['network', 'create', '--driver', 'bridge', ...flags, cluster])
}

/** Removes the network of a cluster; one that is not there is fine. Throws an `EngineError` while something is attached to it. */
export async function removeNetwork(cluster: string): Promise<void> {
  if ((await inspect('network', [cluster])).length > 0) await engine(['network', 'rm', cluster])
}

interface Node {
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> }
}

/** The network that the nodes of a cluster are on. */
export async function networkOf(cluster: string): Promise<string> {
  const found = await askEngine(['ps', '--all', '--quiet', '--filter', `label=${kindLabel}=${cluster}`])
  const [node] = await inspect<Node>(
    'container',
    (found ?? '')
      .split('\n')
      .slice(0, 1)
      .filter((id) => id !== ''),
  )
  return Object.keys(node?.NetworkSettings.Networks ?? {})[0] ?? cluster
}

import type { ClusterRecord, NodeRecord } from '../../../contract/cluster-record.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'

/** Names of two nodes that run Pods. Throws `Inconclusive` on a cluster that has fewer. */
export function twoWorkers(cluster: Pick<ClusterRecord, 'name' | 'nodes'>): readonly [string, string] {
  const [one, other] = workersOf(cluster)
  if (one !== undefined && other !== undefined) return [one, other]
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${cluster.name} has fewer than two worker nodes.` } })
}

/** Names of all nodes that run Pods. */
export function workersOf({ nodes }: Pick<ClusterRecord, 'nodes'>): readonly string[] {
  return nodes.filter(isWorker).map(({ name }) => name)
}

function isWorker({ role, takesPods }: NodeRecord): boolean {
  return role === 'worker' && takesPods !== false
}

/** Name of the node that runs the control plane. Throws `Inconclusive` when there are several, or none is known. */
export function controlPlaneOf({ name, nodes }: Pick<ClusterRecord, 'name' | 'nodes'>): string {
  const [node, ...others] = nodes.filter(({ role }) => role === 'control-plane')
  if (node !== undefined && others.length === 0) return node.name
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${name} has no one node that is its control plane.` } })
}

/** Container of this machine that a node is. Throws `Inconclusive` when the cluster has no such node, or it is none. */
export function containerOf({ name: cluster, nodes }: Pick<ClusterRecord, 'name' | 'nodes'>, name: string): string {
  const container = nodes.find((node) => node.name === name)?.container ?? ''
  if (container !== '') return container
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${cluster} has no node ${name} in a container of this machine.` } })
}

/** Name of a node that runs Pods and that suites may disrupt. Throws `Inconclusive` when there is none. */
export function nodeToDisrupt(cluster: Pick<ClusterRecord, 'name' | 'nodes' | 'disruptiveNodes'>): string {
  const { disruptiveNodes } = cluster
  const node = workersOf(cluster).find((name) => disruptiveNodes === undefined || disruptiveNodes.includes(name))
  if (node !== undefined) return node
  throw new Inconclusive().withDetails({ reason: { summary: `Cluster ${cluster.name} has no worker node that may be disrupted.` } })
}

/** Name of a node that runs Pods and is not the one named. */
export function otherWorker(cluster: Pick<ClusterRecord, 'name' | 'nodes'>, than: string): string {
  return twoWorkers(cluster).find((name) => name !== than) ?? than
}

/** Nodes that run Pods, in two zones. Throws `Inconclusive` on a cluster whose nodes are all in one. */
export function twoZones({ name, nodes }: Pick<ClusterRecord, 'name' | 'nodes'>): readonly [NodeRecord, NodeRecord] {
  const [one, ...others] = nodes.filter((node) => isWorker(node) && node.zone !== '')
  const other = others.find(({ zone }) => zone !== one?.zone)
  if (one !== undefined && other !== undefined) return [one, other]
  throw new Inconclusive().withDetails({ reason: { summary: `The worker nodes of cluster ${name} are not in two zones.` } })
}

/** Zone of each node. */
export function zonesOf({ nodes }: Pick<ClusterRecord, 'nodes'>): Readonly<Record<string, string>> {
  return Object.fromEntries(nodes.map(({ name, zone }) => [name, zone]))
}

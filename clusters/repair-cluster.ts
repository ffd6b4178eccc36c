import { type KubernetesObject, PatchStrategy, type V1Deployment, type V1Node, type V1Taint } from '@kubernetes/client-node'
import { clusterApi, type ClusterApi, untilReady } from './api.ts'
import { cordonedAnnotation, replicasAnnotation } from '../contract/annotations.ts'
import { isCut, joinNetwork, listCuts } from '../contract/partition.ts'
import { systemNamespace } from '../contract/system.ts'
import { listGraceAtShutdown, noGraceAtShutdown } from '../contract/system-shutdown.ts'
import { outOfServiceTaint, reservedTaint } from '../contract/taints.ts'
import type { ClusterRecord } from '../contract/cluster-record.ts'
import { engine, engineLines } from './machine/container-engine.ts'
import { kindLabel } from './machine/cluster-owner.ts'
import type { Log } from './log.ts'
import { putBackComponents } from './component-mutants/swap.ts'
import { renewPodRoutes } from './steps/pod-routes.ts'
import { untilAnswered } from './until-answered.ts'

/** Engine command that brings a node's container back from a state that a suite caused. */
const repairVerbs: Readonly<Record<string, 'unpause' | 'start'>> = { paused: 'unpause', exited: 'start' }

const readySeconds = 180

/**
 * Repairs what a run that was killed, or a restart of the engine, broke of the nodes and components of a cluster that stays. Waits until
 * its nodes are Ready where there was something. Whoever calls it holds the lease of the cluster: a run that is alive breaks nodes on
 * purpose.
 */
export async function repairCluster(record: ClusterRecord, options: { readonly log: Log; readonly signal?: AbortSignal }): Promise<void> {
  if (!record.features.includes('NodeControl')) return
  const { log, signal } = options
  const api = clusterApi(record.kubeconfig, record.context)
  const down = await startStopped(record.name, log)
  const cut = await repairNodes(record.name, cutOff, log)
  if (down.length > 0 || cut.length > 0) await nodesReady(api, signal)
  // A node that has just started takes no order to restart its kubelet yet.
  const reset = await repairNodes(record.name, withGracePeriods, log)
  if (reset.length > 0) await nodesReady(api, signal)
  await renewPodRoutes(api, log)
  await repairNodes(record.name, withPausedSidecars, log)
  await putBackComponents(record, { log })
  await revertAnnotated(api, log)
}

/** Brings back the nodes of a cluster that are paused or stopped, all or those named. Returns their containers. */
export async function startStopped(
  cluster: string,
  log: Log,
  isWanted: (container: string) => boolean = () => true,
): Promise<readonly string[]> {
  const started: string[] = []
  for (const [container, state] of await containerStates(cluster)) {
    const verb = repairVerbs[state]
    if (verb === undefined || !isWanted(container)) continue
    log(`Node ${container} is ${state}: ${verb}.`)
    await engine([verb, container])
    started.push(container)
  }
  return started
}

/** What a run that was killed can leave in a node: how it is seen, and how it is repaired, by commands that are run there. */
interface NodeRepair {
  readonly look: readonly string[]
  isBroken(printed: string): boolean
  says(container: string): string
  readonly repair: readonly string[]
}

const cutOff: NodeRepair = {
  look: listCuts,
  isBroken: isCut,
  says: (container) => `A run that was killed left node ${container} without its network: reconnecting it.`,
  repair: joinNetwork,
}

const withGracePeriods: NodeRepair = {
  look: listGraceAtShutdown,
  isBroken: (printed) => printed !== '',
  says: (container) => `A run that was killed left the kubelet of node ${container} with grace periods for a shutdown: resetting it.`,
  repair: noGraceAtShutdown,
}

/** How the command line of a sidecar of the CSI driver goes on, wherever its binary lies. */
const sidecars = '/csi-[a-z]+ --csi-address'

const withPausedSidecars: NodeRepair = {
  look: ['sh', '-c', `pgrep --runstates T --full '${sidecars}' || true`],
  isBroken: (printed) => printed !== '',
  says: (container) => `A run that was killed left sidecars of the CSI driver paused on node ${container}: resuming them.`,
  repair: ['pkill', '-CONT', '--full', sidecars],
}

/** Repairs the nodes of a cluster where something is left. Returns their containers. */
async function repairNodes(cluster: string, { look, isBroken, says, repair }: NodeRepair, log: Log): Promise<readonly string[]> {
  const repaired: string[] = []
  for (const [container] of await containerStates(cluster)) {
    if (!isBroken(await engine(['exec', container, ...look]))) continue
    log(says(container))
    await engine(['exec', container, ...repair])
    repaired.push(container)
  }
  return repaired
}

async function revertAnnotated(api: ClusterApi, log: Log): Promise<void> {
  const nodes = await untilAnswered(async () => api.objects.list<V1Node>('v1', 'Node'))
  for (const node of nodes.items) {
    await untaint(api, node, log)
    if (node.metadata?.annotations?.[cordonedAnnotation] === undefined) continue
    log(`A run that was killed left node ${node.metadata.name ?? ''} cordoned: uncordoning it.`)
    await merge(api, { ...headerOf('v1', 'Node', node), spec: { unschedulable: null } }, cordonedAnnotation)
  }
  const deployments = await untilAnswered(async () => api.objects.list<V1Deployment>('apps/v1', 'Deployment', systemNamespace))
  for (const deployment of deployments.items) {
    const replicas = deployment.metadata?.annotations?.[replicasAnnotation]
    if (replicas === undefined) continue
    log(`A run that was killed left Deployment ${deployment.metadata?.name ?? ''} scaled: setting replicas to ${replicas}.`)
    await merge(api, { ...headerOf('apps/v1', 'Deployment', deployment), spec: { replicas: Number(replicas) } }, replicasAnnotation)
  }
}

async function untaint(api: ClusterApi, node: V1Node, log: Log): Promise<void> {
  const taints = node.spec?.taints ?? []
  const isOurs = ({ key, value }: V1Taint) => key === reservedTaint || (key === outOfServiceTaint && value === node.metadata?.name)
  const others = taints.filter((taint) => !isOurs(taint))
  if (others.length === taints.length) return
  log(`A run that was killed left node ${node.metadata?.name ?? ''} tainted: removing the taint.`)
  await merge(api, { ...headerOf('v1', 'Node', node), spec: { taints: others } })
}

function headerOf(apiVersion: string, kind: string, { metadata }: KubernetesObject) {
  return { apiVersion, kind, metadata: { name: metadata?.name ?? '', ...(metadata?.namespace && { namespace: metadata.namespace }) } }
}

/** Merges a change into an object and removes one of its annotations, where one is named. */
async function merge(api: ClusterApi, change: ReturnType<typeof headerOf> & { readonly spec: object }, annotation?: string): Promise<void> {
  const body: unknown = { ...change, metadata: { ...change.metadata, ...(annotation && { annotations: { [annotation]: null } }) } }
  await untilAnswered(async () =>
    api.objects.patch(body as KubernetesObject, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch),
  )
}

async function nodesReady(api: ClusterApi, signal: AbortSignal | undefined): Promise<void> {
  await untilReady({
    what: 'The cluster',
    within: readySeconds,
    signal,
    async look() {
      const nodes = (await api.objects.list<V1Node>('v1', 'Node')).items
      const unready = nodes.find(
        ({ status }) => !status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
      )
      return unready === undefined ? undefined : `node ${unready.metadata?.name ?? ''} is not Ready`
    },
  })
}

/** The containers of a cluster's nodes with their states, such as `running` and `paused`. */
export async function containerStates(name: string): Promise<readonly (readonly [container: string, state: string])[]> {
  const format = '{{.Names}} {{.State}}'
  const lines = await engineLines(['ps', '--all', '--filter', `label=${kindLabel}=${name}`, '--format', format])
  return lines.map((line) => line.split(' ') as [string, string])
}

import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import { containerEngine } from './container-engine.ts'
import { cordonedAnnotation } from '../../../contract/annotations.ts'
import { cutNetwork, isCut, joinNetwork, listCuts } from '../../../contract/partition.ts'
import { systemNamespace } from '../../../contract/system.ts'
import { cordon, evictionOf, isEvicted, isInPlace, isMadeAgain, uncordon } from './eviction.ts'
import { isTainted, outOfService, tainted, untainted } from './taint.ts'
import { field, hasCondition } from '../../engine/object.ts'
import { isReadyPod } from '../pod/readings.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import { isConflict } from '../../engine/kubernetes/api-error.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { limits } from '../../engine/limits.ts'
import { settled } from '../../engine/watch/settled.ts'
import { containerOf } from './worker-nodes.ts'
import { mustBeNamed, mustControl } from './control.ts'
import { deleteNode, registerNode } from './delete-node.ts'
import { type DrainName, type KubectlDrain, kubectlDrain } from './kubectl-drain.ts'
import { type NodeContainers, nodeContainers } from './node-containers.ts'
import { type KubeletActs, kubeletActs } from './kubelet-acts.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'

/**
 * Acts on nodes, reverted when the guarantee is over. To pause and stop nodes needs the feature `NodeControl`; to cordon, taint and drain
 * them, `NodeScheduling`.
 */
export interface Nodes extends KubeletActs {
  /** Name of the node that a Pod of the guarantee is on. */
  of(pod: string): Promise<string>
  /** Freezes all that runs on a node, as a partition of the network or a machine that hangs looks to the others. */
  pause(node: string): Promise<void>
  unpause(node: string): Promise<void>
  /** Cuts the network of a node off from all other machines; all that runs on it goes on. */
  disconnect(node: string): Promise<void>
  reconnect(node: string): Promise<void>
  /** The containers on a node, by its container runtime: what is left to talk to them while its network is cut off. */
  containersOn(node: string): NodeContainers
  /** Switches a node off. */
  stop(node: string): Promise<void>
  /** Switches a node off without a shutdown, as a reset does: what runs there ends at once, calls under way included. */
  kill(node: string): Promise<void>
  /** Switches a node on, and registers it before that where its Node object was deleted. */
  start(node: string): Promise<void>
  /** Deletes the Node object of a node that is stopped, as an administrator does who gives the machine up. */
  delete(node: string): Promise<void>
  /** Lets no new Pod onto a node. */
  cordon(node: string): Promise<void>
  uncordon(node: string): Promise<void>
  /** Lets only such new Pods onto a node as tolerate its taint, and leaves those that are there. */
  taint(node: string): Promise<void>
  untaint(node: string): Promise<void>
  /** Says by its taint that a node is off and stays so for now, as whoever switched it off does. `untaint` takes that back. */
  takeOutOfService(node: string): Promise<void>
  /**
   * Does what `kubectl drain --ignore-daemonsets` does: cordons a node and asks for the eviction of its Pods. Does not wait until they are
   * gone. Pods of others that nothing would make again are left there, where kubectl would not go on.
   */
  drain(node: string): Promise<void>
  /** Cordons a node and runs `kubectl drain` on it, for Pods of the guarantee. Returns once it has ended, whatever it came to. */
  drainByKubectl(node: string, drain: KubectlDrain): Promise<DrainName>
}

/** The acts on the nodes of a cluster. */
export function nodeActs(options: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  /** Namespace of the guarantee. */
  readonly namespace: string
  readonly reverts: Reverts
  readonly signal: AbortSignal
}): Nodes {
  const { api, cluster, history, namespace, reverts, signal } = options

  const deleted = new Map<string, ObservedObject>()
  const change = (within: AbortSignal) => nodeChanges({ api, cluster, history, signal: within })
  const { patch, retaint, engine, inNode } = change(signal)
  const mustBeOurs = (name: string, feature: 'NodeScheduling' | 'NodeControl') => {
    mustControl(cluster, feature)
    mustBeNamed(cluster, name)
  }
  const touched = (name: string, feature: 'NodeScheduling' | 'NodeControl') => {
    mustBeOurs(name, feature)
    reverts.register(`node ${name}`, async (within) => revertNode(name, { api, cluster, within, ...change(within) }))
  }
  const asked = (verb: string) => async (name: string) => {
    touched(name, 'NodeControl')
    await engine(verb, name)
  }
  const cordoned = async (name: string) => {
    touched(name, 'NodeScheduling')
    await patch('cordon', name, cordon)
  }

  return {
    async of(pod) {
      const node = field(await api.send({ path: `/api/v1/namespaces/${namespace}/pods/${pod}`, signal }), 'spec', 'nodeName')
      if (typeof node === 'string') return node
      throw new Inconclusive().withDetails({ reason: { summary: `Pod ${pod} is on no node.` } })
    },
    pause: asked('pause'),
    unpause: asked('unpause'),
    async disconnect(name) {
      touched(name, 'NodeControl')
      await inNode('disconnect', name, cutNetwork)
    },
    reconnect: async (name) => void (await inNode('reconnect', name, joinNetwork)),
    ...kubeletActs({ change, mustBeOurs, touched, reverts, signal }),
    containersOn: (name) => nodeContainers({ history, namespace, container: containerOf(cluster, name), signal }),
    stop: asked('stop'),
    kill: asked('kill'),
    async start(name) {
      const node = deleted.get(name)
      if (node !== undefined) await registerNode(api, node, signal)
      await asked('start')(name)
    },
    async delete(name) {
      touched(name, 'NodeControl')
      deleted.set(name, await deleteNode(name, { api, history, reverts, signal }))
    },
    cordon: cordoned,
    uncordon: async (name) => void (await patch('uncordon', name, uncordon)),
    async taint(name) {
      touched(name, 'NodeScheduling')
      await retaint('taint', name, tainted)
    },
    untaint: async (name) => retaint('untaint', name, untainted),
    async takeOutOfService(name) {
      touched(name, 'NodeControl')
      await retaint('take-out-of-service', name, outOfService)
    },
    async drain(name) {
      await cordoned(name)
      const pods = await listed(api, `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${name}`)}`)
      const isOurs = (pod: ObservedObject) => pod.metadata.namespace === namespace
      for (const pod of pods.filter((each) => isEvicted(each) && (isOurs(each) || isMadeAgain(each))))
        await act({
          ...{ history, verb: 'evict', subject: { kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '' } },
          send: async () => api.send({ ...evictionOf(pod), signal }),
          answer: done,
        })
    },
    async drainByKubectl(name, drain) {
      touched(name, 'NodeControl')
      await cordoned(name)
      return kubectlDrain(name, drain, { cluster, history, signal })
    },
  }
}

/** Changes of nodes, each an act of the history. The signal ends what is under way. */
function nodeChanges({
  api,
  cluster,
  history,
  signal,
}: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  readonly signal: AbortSignal
}) {
  const patch = async (verb: string, name: string, body: unknown): Promise<ObservedObject> =>
    act({
      ...{ history, verb, subject: { kind: 'Node', name }, request: body },
      send: async () =>
        api.send({ method: 'PATCH', path: `/api/v1/nodes/${name}`, body, contentType: 'application/merge-patch+json', signal }),
      answer: done,
    })
  const retaint = async (verb: string, name: string, changed: (node: ObservedObject) => unknown): Promise<void> => {
    const node = await api.send({ path: `/api/v1/nodes/${name}`, signal })
    await patch(verb, name, changed(node)).catch(async (error: unknown) => {
      if (!isConflict(error)) throw error
      await retaint(verb, name, changed)
    })
  }
  const onContainer = async (verb: string, name: string, command: Parameters<typeof containerEngine>[0]): Promise<string> =>
    act({
      ...{ history, verb: `${verb}-node`, subject: { kind: 'Node', name } },
      send: async () => containerEngine(command, signal),
      answer: done,
    })
  const engine = async (verb: string, name: string) => onContainer(verb, name, [verb, containerOf(cluster, name)])
  const inNode = async (verb: string, name: string, command: readonly string[]) =>
    onContainer(verb, name, ['exec', containerOf(cluster, name), ...command])
  return { patch, retaint, engine, inNode }
}

/** Looks at what a node is and makes it serve again: running, open to new Pods, Ready. */
async function revertNode(
  name: string,
  {
    api,
    cluster,
    within,
    patch,
    retaint,
    engine,
    inNode,
  }: ReturnType<typeof nodeChanges> & { readonly api: KubernetesApi; readonly cluster: ClusterRecord; readonly within: AbortSignal },
): Promise<void> {
  if (cluster.features.includes('NodeControl')) {
    const container = containerOf(cluster, name)
    const state = await containerEngine(['inspect', '--format', '{{.State.Status}}', container], within)
    if (state === 'paused') await engine('unpause', name)
    if (state === 'exited') await engine('start', name)
    if (isCut(await containerEngine(['exec', container, ...listCuts], within))) await inNode('reconnect', name, joinNetwork)
  }
  const node = await api.send({ path: `/api/v1/nodes/${name}`, signal: within })
  if (node.metadata.annotations?.[cordonedAnnotation] !== undefined) await patch('uncordon', name, uncordon)
  if (isTainted(node)) await retaint('untaint', name, untainted)
  await nodeServes(api, name, { namespaces: [systemNamespace, ...(cluster.subject?.namespaces ?? [])], within })
}

/** How the names of taints begin that Kubernetes gives a node in trouble. */
const ofTrouble = '"node.kubernetes.io/'

/** Waits until a node is Ready, nothing keeps Pods off it, and the Pods of the CSI driver on it are Ready. */
async function nodeServes(
  api: KubernetesApi,
  name: string,
  { namespaces, within }: { readonly namespaces: readonly string[]; readonly within: AbortSignal },
): Promise<void> {
  const signal = AbortSignal.any([within, AbortSignal.timeout(limits.nodeServes * 1000)])
  const isServing = (node: ObservedObject) =>
    hasCondition(node, 'Ready') && !JSON.stringify(field(node, 'spec', 'taints') ?? []).includes(ofTrouble)
  const byName = { path: '/api/v1/nodes', fieldSelector: `metadata.name=${name}` }
  await settled({ ...byName, api, kind: 'Node', holds: (nodes) => nodes.some(isServing), signal })
  for (const namespace of namespaces) {
    // Of a driver of the user's, a Pod that was evicted is or will be on another node, and a Job may have ended.
    const isOurs = namespace === systemNamespace
    const ofNode = isOurs ? { fieldSelector: `spec.nodeName=${name}` } : {}
    const holds = (pods: readonly ObservedObject[]) => pods.every(isOurs ? isReadyPod : isInPlace)
    await settled({ ...ofNode, path: `/api/v1/namespaces/${namespace}/pods`, api, kind: 'Pod', holds, signal })
  }
  if (signal.aborted)
    throw new Inconclusive().withDetails({ reason: { summary: `Node ${name} was not whole again within ${limits.nodeServes} s.` } })
}

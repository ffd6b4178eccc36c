import { setTimeout as pause } from 'node:timers/promises'
import { ApiException, type CoreV1Event, type V1Pod, type V1PodSpec } from '@kubernetes/client-node'
import type { WorkloadSettings } from '../../contract/workload.ts'
import type { ClusterApi } from '../api.ts'
import { ownContainer, ownStatus, podProblem, type PodProblem } from './pod-problem.ts'
import { plainPod } from './plain-pod.ts'
import { statusMessage } from './status-message.ts'

/** An image that is tried, and what its Pods do. */
export interface Trial {
  /** What the image is for, in lower-case letters and hyphens: the names of its Pods begin with it. */
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  /** As whom it runs; as the ordinary user when absent. */
  readonly securityContext?: V1PodSpec['securityContext']
  /** Flag that names another image. */
  readonly flag: string
}

/** Where images are tried. */
export interface TryOptions {
  readonly trials: readonly Trial[]
  /** Nodes that get a Pod of each image. */
  readonly nodes: readonly string[]
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  readonly signal?: AbortSignal | undefined
}

/** What the Pods of an image showed on nodes that could all run it. */
export interface Tried {
  /** Id of the image as the first node knows it. */
  readonly imageId: string
  /** What the Pod on the first node wrote to its termination log. */
  readonly said: string
}

/** What trying an image showed: that every node runs it, or what keeps one of them from it. */
export type Outcome = Tried | PodProblem

/** Seconds for pulling one image on every node and running it once; a slow registry needs most of them. */
const runWithin = 300
/** Seconds for each image more: a kubelet pulls one after the other. */
const eachMoreWithin = 150
/** A scheduler may learn of freed resources a moment late. */
const unschedulableFor = 15
const secondsBetweenLooks = 0.3

/** A Pod of a trial, and the node that it is pinned to. */
interface PodOf {
  readonly name: string
  readonly trial: Trial
  readonly node: string
}

/** Runs a Pod of each image on each of the nodes, in a namespace that is there. Outcomes are in the order of the trials; none is thrown. */
export async function tryImages(api: ClusterApi, namespace: string, options: TryOptions): Promise<readonly Outcome[]> {
  const { trials, nodes, settings, signal } = options
  const outcomes = new Map<Trial, Outcome>()
  const all = trials.flatMap((trial) => nodes.map((node, place): PodOf => ({ name: `${trial.name}-${place}`, trial, node })))
  for (const each of all) {
    if (outcomes.has(each.trial)) continue
    const problem = await refusalOf(api, podOf(each, { namespace, settings }))
    if (problem !== undefined) outcomes.set(each.trial, problem)
  }
  const limit = runWithin + eachMoreWithin * (trials.length - 1)
  const started = Date.now()
  for (;;) {
    const left = trials.filter((trial) => !outcomes.has(trial))
    if (left.length === 0) return trials.flatMap((trial) => outcomes.get(trial) ?? [])
    const pods = new Map((await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items.map((pod) => [pod.metadata?.name, pod]))
    const seconds = (Date.now() - started) / 1000
    for (const trial of left) {
      const own = all.filter((each) => each.trial === trial)
      const outcome = outcomeOf(own, { pods, seconds })
      if (outcome !== undefined) outcomes.set(trial, outcome)
      else if (seconds > limit) outcomes.set(trial, await tooLate(api, namespace, { own, pods, limit }))
    }
    signal?.throwIfAborted()
    if (outcomes.size < trials.length) await pause(secondsBetweenLooks * 1000)
  }
}

type Pods = ReadonlyMap<string | undefined, V1Pod>

/** What the Pods of one image come to; undefined while some may still succeed. */
function outcomeOf(own: readonly PodOf[], { pods, seconds }: { readonly pods: Pods; readonly seconds: number }): Outcome | undefined {
  for (const { name, node, trial } of own) {
    const pod = pods.get(name)
    const problem = pod && podProblem(pod, { node, ...trial })
    const mayPass = pod?.spec?.nodeName === undefined && seconds < unschedulableFor
    if (problem !== undefined && !mayPass) return problem
  }
  if (own.some((each) => !hasSucceeded(pods, each))) return undefined
  const first = pods.get(own[0]?.name)
  const container = first && ownStatus(first)
  return { imageId: container?.imageID ?? '', said: (container?.state?.terminated?.message ?? '').trim() }
}

function hasSucceeded(pods: Pods, { name }: PodOf): boolean {
  const pod = pods.get(name)
  return pod !== undefined && ownStatus(pod)?.state?.terminated?.exitCode === 0
}

function podOf(
  { name, node, trial }: PodOf,
  { namespace, settings }: { readonly namespace: string; readonly settings: WorkloadSettings },
): V1Pod {
  const { image, command, securityContext } = trial
  const containers = [{ name: ownContainer, image, imagePullPolicy: 'IfNotPresent', command: [...command] }]
  return plainPod({ name, namespace, node, settings, spec: { containers, ...(securityContext && { securityContext }) } })
}

/** Creates a Pod. Returns why the cluster refuses it; undefined where it does not. */
async function refusalOf(api: ClusterApi, pod: V1Pod): Promise<PodProblem | undefined> {
  try {
    await api.objects.create(pod)
    return undefined
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    return {
      what: `The cluster refuses the Pods of the suites: ${statusMessage(error)}`,
      fix: 'Have it accept such Pods in namespaces whose names begin with hf-, or set under "workload" in holdfast.yaml what it asks of Pods.',
    }
  }
}

async function tooLate(
  api: ClusterApi,
  namespace: string,
  { own, pods, limit }: { readonly own: readonly PodOf[]; readonly pods: Pods; readonly limit: number },
): Promise<PodProblem> {
  const waiting = own.filter((each) => !hasSucceeded(pods, each))
  const names = waiting.map(({ name }) => name)
  const { items } = await api.objects.list<CoreV1Event>('v1', 'Event', namespace)
  const theirs = items.filter(({ involvedObject }) => names.includes(involvedObject.name ?? ''))
  const last = theirs.findLast(({ type }) => type === 'Warning') ?? theirs.at(-1)
  const seen = last?.message === undefined ? '' : `: ${last.message.replace(/\.$/, '')}`
  const where = waiting.map(({ node }) => node).join(', ')
  return {
    what: `${own[0]?.trial.image ?? ''} did not run within ${limit} s on ${where}${seen}`,
    fix: 'Repair these nodes, or cordon them to leave them out.',
  }
}

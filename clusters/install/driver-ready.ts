import type { CoreV1Event, KubernetesObject, V1CSIDriver, V1CSINode, V1CSINodeDriver, V1Pod } from '@kubernetes/client-node'
import { type ClusterApi, NeverReady, untilReady } from '../api.ts'
import { type PodTrouble, troubleOf, troubleText } from '../readiness/pod-trouble.ts'
import { rolloutOf } from '../readiness/rollout.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { lastLines } from './last-lines.ts'
import { titleOf } from './manifest.ts'
import type { InstallPlan } from './install-plan.ts'
import type { Workload } from './workloads.ts'

/** A driver that was applied, and how long its Pods have. */
export interface DriverReadyOptions {
  /** Undefined for a provisioner that is no CSI driver: then only its Pods are waited for. */
  readonly driver: string | undefined
  readonly plan: Pick<InstallPlan, 'workloads' | 'namespaces' | 'images'>
  /** Nodes that take Pods of suites: each must have the driver. */
  readonly nodes: readonly string[]
  readonly log: Log
  readonly signal?: AbortSignal | undefined
  /** Seconds, for those who do not want to wait as long as a user. */
  readonly limits?: DriverLimits
}

/** How long what is waited for may take, in seconds. */
export interface DriverLimits {
  /** Until every object has its Pods, images pulled. */
  readonly rolledOut: number
  /** From then until every node has the driver. */
  readonly registered: number
  /** A registry may fail for a moment: so long an image is pulled again. */
  readonly pulled: number
}

const usualLimits: DriverLimits = { rolledOut: 600, registered: 120, pulled: 60 }

/** A container that was restarted so often does not come up by itself. */
const restartsAtMost = 5

const secondsBetweenLines = 30

/**
 * Waits until every object of a driver has its Pods, its CSIDriver is registered and each node has it. Throws a `SetupError` that says what
 * did not happen, why by the Pod in question, and what that Pod said last; at once where an image cannot be pulled or a container keeps
 * crashing.
 */
export async function driverReady(api: ClusterApi, options: DriverReadyOptions): Promise<void> {
  const { driver, nodes, log, signal, limits = usualLimits } = options
  const seen = troubles(api, options, limits)
  const every = 1
  const told = tellNowAndThen(log)
  await explained(api, seen, async () => {
    const workloads = {
      what: driver === undefined ? 'What was installed' : `The driver ${driver}`,
      within: limits.rolledOut,
      every,
      signal,
    }
    await untilReady({ ...workloads, look: async () => told(await missingWorkload(api, options, seen)) })
    if (driver === undefined) return
    const registration = { what: `The driver ${driver}`, within: limits.registered, every, signal }
    await untilReady({ ...registration, look: async () => told(await missingRegistration(api, { driver, nodes, seen })) })
  })
}

/** What keeps Pods from being ready, as the last look saw it. */
interface Troubles {
  last: PodTrouble | undefined
  /** Looks at the Pods of the driver's namespaces. Throws `NeverReady` where waiting is no use. */
  look(): Promise<readonly { readonly pod: V1Pod; readonly trouble: PodTrouble }[]>
}

function troubles(api: ClusterApi, { plan }: DriverReadyOptions, limits: DriverLimits): Troubles {
  const firstSeen = new Map<string, number>()
  const held = plan.images.filter(({ archive }) => archive !== undefined).map(({ reference }) => reference)
  const found: Troubles = {
    last: undefined,
    async look() {
      const all: { readonly pod: V1Pod; readonly trouble: PodTrouble }[] = []
      for (const namespace of plan.namespaces) {
        const pods = (await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items
        const events = (await api.objects.list<CoreV1Event>('v1', 'Event', namespace)).items
        all.push(...pods.flatMap((pod) => withTrouble(pod, troubleOf(pod, events))))
      }
      for (const { trouble } of all) {
        const why = hopeless(trouble, { firstSeen, limits, held })
        if (why === undefined) continue
        found.last = trouble
        throw why
      }
      return all
    },
  }
  return found
}

function withTrouble(pod: V1Pod, trouble: PodTrouble | undefined) {
  return trouble === undefined ? [] : [{ pod, trouble }]
}

/** Why a Pod will not be ready however long it is waited for; undefined while it may be. */
function hopeless(
  trouble: PodTrouble,
  known: { readonly firstSeen: Map<string, number>; readonly limits: DriverLimits; readonly held: readonly string[] },
): NeverReady | undefined {
  const { namespace, pod, container, pull, restarts, what } = trouble
  if (pull !== undefined) {
    const key = `${namespace}/${pod} ${container ?? ''}`
    const since = known.firstSeen.get(key) ?? Date.now()
    known.firstSeen.set(key, since)
    if (!pull.isFinal && Date.now() - since < known.limits.pulled * 1000) return undefined
    const archives =
      known.held.length === 0 ? '' : ` The archives that were given hold, of the images of the manifests, ${known.held.join(', ')}.`
    return new NeverReady(`Pod ${namespace}/${pod} cannot pull image ${pull.image}: ${pull.message}.`, {
      fix: `Correct the reference, pass the image with --image-archive, or let the nodes reach and log in to its registry.${archives}`,
    })
  }
  if (restarts < restartsAtMost || !what.startsWith('CrashLoopBackOff')) return undefined
  return new NeverReady(`A container was restarted ${restarts} times and does not stay: ${troubleText(trouble)}.`)
}

async function missingWorkload(api: ClusterApi, { plan }: DriverReadyOptions, seen: Troubles): Promise<string | undefined> {
  for (const workload of plan.workloads) {
    const object = await api.read<KubernetesObject>(workload)
    const title = titleOf({ kind: workload.kind, metadata: { name: workload.name, namespace: workload.namespace } })
    if (object === undefined) return `${title} is not there`
    const rollout = rolloutOf({ ...object, kind: workload.kind })
    if (rollout.state === 'done') continue
    const all = await seen.look()
    seen.last = (all.find(({ pod }) => isOf(pod, workload, object)) ?? all[0])?.trouble
    const why = `${title} ${rollout.why}${seen.last === undefined ? '' : ` — ${troubleText(seen.last)}`}`
    if (rollout.state === 'failed') throw new NeverReady(`${why}.`)
    return why
  }
  return undefined
}

/** Whether a Pod is one of an object, by its labels. */
function isOf({ metadata }: V1Pod, { kind, namespace, name }: Workload, object: KubernetesObject): boolean {
  if (metadata?.namespace !== namespace) return false
  if (kind === 'Pod') return metadata.name === name
  const { spec } = object as { readonly spec?: { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } } }
  const wanted = Object.entries(spec?.selector?.matchLabels ?? {})
  return wanted.length > 0 && wanted.every(([label, value]) => metadata.labels?.[label] === value)
}

async function missingRegistration(
  api: ClusterApi,
  { driver, nodes, seen }: { readonly driver: string; readonly nodes: readonly string[]; readonly seen: Troubles },
): Promise<string | undefined> {
  const registered = await api.read<V1CSIDriver>({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', name: driver })
  if (registered === undefined) return `CSIDriver ${driver} is not there`
  const all = (await api.objects.list<V1CSINode>('storage.k8s.io/v1', 'CSINode')).items
  // A node without any driver has null for a list.
  const driversOf = (node: string) =>
    (all.find(({ metadata }) => metadata?.name === node)?.spec.drivers as V1CSINodeDriver[] | null | undefined) ?? []
  const without = nodes.find((node) => !driversOf(node).some(({ name }) => name === driver))
  if (without === undefined) return undefined
  const there = await seen.look()
  const onNode = there.find(({ pod }) => pod.spec?.nodeName === without)
  seen.last = onNode?.trouble
  const others = driversOf(without).map(({ name }) => name)
  const known = others.length === 0 ? '' : `, but ${others.join(', ')}`
  const pod = onNode === undefined ? 'no Pod of the manifests is in trouble there' : troubleText(onNode.trouble)
  return `the kubelet of node ${without} has not registered it${known} — ${pod}`
}

/** Adds to an error where to look, and what the Pod in question said last. */
async function explained(api: ClusterApi, seen: Troubles, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const said = seen.last === undefined || seen.last.pull !== undefined ? '' : await lastLines(api, seen.last)
    const where = 'Look at describe-pods.txt, events.txt and driver-pods.log in the evidence of the failed start.'
    throw new SetupError(error.message, { fix: [error.fix ?? where, said].filter((text) => text !== '').join(' '), cause: error.cause })
  }
}

/** Tells what is waited for, now and then: images take minutes. */
function tellNowAndThen(log: Log): (missing: string | undefined) => string | undefined {
  let next = Date.now() + secondsBetweenLines * 1000
  return (missing) => {
    if (missing !== undefined && Date.now() > next) {
      log(`  … waiting: ${missing}`)
      next = Date.now() + secondsBetweenLines * 1000
    }
    return missing
  }
}

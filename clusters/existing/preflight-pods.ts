import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  ApiException,
  type CoreV1Event,
  type V1NetworkPolicy,
  type V1ObjectMeta,
  type V1Pod,
  type V1PodSpec,
} from '@kubernetes/client-node'
import { ownerAnnotation } from '../../contract/annotations.ts'
import { runLabel } from '../../contract/labels.ts'
import { ownerText, thisOwner } from '../../contract/owner.ts'
import { podSecurityLabels, restrictedPod } from '../../contract/pod-security.ts'
import { withSettings, type WorkloadSettings } from '../../contract/workload.ts'
import type { ClusterApi } from '../api.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { statusMessage } from './status-message.ts'
import { accountMade, removed } from './own-namespace.ts'
import { copyPullSecrets } from './pull-secrets.ts'
import { ownContainer, ownStatus, podProblem } from './pod-problem.ts'
import { workloadCheck } from './workload-check.ts'

/** Options of the preflight Pods. */
export interface PreflightPods {
  readonly image: string
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  /** Nodes that get a Pod each. */
  readonly nodes: readonly string[]
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** Seconds for pulling the image on every node and running it once; a slow registry needs most of them. */
const runWithin = 300
/** A scheduler may learn of freed resources a moment late. */
const unschedulableFor = 15
const secondsBetweenLooks = 0.3

/** What suites need of the image and of how Pods run. The kubelet puts what is written there into the status of the Pod. */
const script = `
fail() { echo "$1" > /dev/termination-log; exit 1; }
[ "$(id -u)" != 0 ] || fail "it runs as root, although its Pod says that it must not"
touch /tmp/holdfast-preflight || fail "user $(id -u) cannot write to its directory /tmp"
node --version > /dev/null || fail "it has no Node.js"
`

/** What the preflight Pods showed. */
export interface Preflight {
  /** Id of the image as the first node knows it. */
  readonly imageId: string
  /** A NetworkPolicy that the cluster gave the new namespace; undefined when there is none, or none may be listed. */
  readonly policy: string | undefined
}

/** Runs a Pod as those of suites are on each of the nodes. Throws a `SetupError` when one of them cannot do what suites need. */
export async function runPreflightPods(api: ClusterApi, options: PreflightPods): Promise<Preflight> {
  const namespace = `hf-preflight-${randomBytes(8).toString('hex')}`
  options.log(`trying ${options.image} on ${options.nodes.join(', ')}`)
  // By its owner the next run knows it for abandoned, where this one is killed.
  const labels = { [runLabel]: 'preflight', ...podSecurityLabels('restricted') }
  const metadata = { name: namespace, labels, annotations: { [ownerAnnotation]: ownerText(thisOwner()) } }
  let mine = true
  try {
    await api.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata }).catch((error: unknown) => {
      // What was refused is not there, or is another's. What was not answered may be there.
      mine = !(error instanceof ApiException)
      throw error
    })
    await accountMade(api, namespace, options)
    await copyPullSecrets(api, namespace, options.settings)
    const command = ['bash', '-c', `${script}${await workloadCheck()}`]
    for (const [place, node] of options.nodes.entries()) await createPod(api, podOn({ ...options, namespace, place, node, command }))
    const imageId = await allSucceeded(api, namespace, options)
    return { imageId, policy: await policyIn(api, namespace) }
  } finally {
    if (mine) await removed(api, namespace, options.log)
  }
}

interface PodPlace extends Pick<PreflightPods, 'image' | 'settings'> {
  readonly namespace: string
  readonly place: number
  readonly node: string
  readonly command: string[]
}

function podOn({ namespace, place, node, image, settings, command }: PodPlace): V1Pod {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }]
  const plain: { readonly metadata: V1ObjectMeta; readonly spec: V1PodSpec } = {
    metadata: { name: `node-${place}`, namespace },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
      containers: [{ name: ownContainer, image, imagePullPolicy: 'IfNotPresent', command }],
    },
  }
  const { metadata, spec } = withSettings(plain, settings)
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: restrictedPod(spec) }
}

async function policyIn(api: ClusterApi, namespace: string): Promise<string | undefined> {
  try {
    const { items } = await api.objects.list<V1NetworkPolicy>('networking.k8s.io/v1', 'NetworkPolicy', namespace)
    return items[0]?.metadata?.name
  } catch (error) {
    if (error instanceof ApiException) return undefined
    throw error
  }
}

async function createPod(api: ClusterApi, pod: V1Pod): Promise<void> {
  try {
    await api.objects.create(pod)
  } catch (error) {
    if (!(error instanceof ApiException)) throw error
    const reason = statusMessage(error)
    const fix =
      'Have it accept such Pods in namespaces whose names begin with hf-, or set under "workload" in holdfast.yaml what it asks of Pods.'
    throw new SetupError(`The cluster refuses the Pods of the suites: ${reason}.`, { fix, cause: error })
  }
}

async function allSucceeded(api: ClusterApi, namespace: string, options: PreflightPods): Promise<string> {
  const { image, nodes, signal } = options
  const started = Date.now()
  for (;;) {
    const pods = (await api.objects.list<V1Pod>('v1', 'Pod', namespace)).items
    const seconds = (Date.now() - started) / 1000
    for (const pod of pods) {
      const node = nodes[Number(pod.metadata?.name?.replace('node-', ''))] ?? ''
      const problem = podProblem(pod, { node, image })
      const mayPass = pod.spec?.nodeName === undefined && seconds < unschedulableFor
      if (problem !== undefined && !mayPass) throw new SetupError(`${problem.what}.`, { fix: problem.fix })
    }
    const waiting = pods.filter((pod) => ownStatus(pod)?.state?.terminated?.exitCode !== 0)
    const [first] = pods
    if (first !== undefined && pods.length === nodes.length && waiting.length === 0) return ownStatus(first)?.imageID ?? ''
    if (seconds > runWithin) throw await tooLate(api, namespace, { image, nodes: waiting.map(({ spec }) => spec?.nodeName ?? '') })
    signal?.throwIfAborted()
    await pause(secondsBetweenLooks * 1000)
  }
}

async function tooLate(api: ClusterApi, namespace: string, of: { readonly image: string; readonly nodes: readonly string[] }) {
  const { items } = await api.objects.list<CoreV1Event>('v1', 'Event', namespace)
  const last = items.findLast(({ type }) => type === 'Warning') ?? items.at(-1)
  const seen = last?.message === undefined ? '' : `: ${last.message.replace(/\.$/, '')}`
  return new SetupError(`${of.image} did not run within ${runWithin} s on ${of.nodes.join(', ')}${seen}.`, {
    fix: 'Repair these nodes, or cordon them to leave them out.',
  })
}

import { ApiException, type V1NetworkPolicy } from '@kubernetes/client-node'
import type { ClusterApi } from '../api.ts'
import { SetupError } from '../setup-error.ts'
import { inPreflightNamespace, type PreflightNamespace } from './preflight-namespace.ts'
import { tryImages } from './try-images.ts'
import { workloadCheck } from './workload-check.ts'

/** Options of the preflight Pods. */
export interface PreflightPods extends PreflightNamespace {
  readonly image: string
  /** Nodes that get a Pod each. */
  readonly nodes: readonly string[]
}

/** What suites need of the image and of how Pods run. The kubelet puts what is written there into the status of the Pod. */
const script = `
fail() { echo "$1" > /dev/termination-log; exit "\${2:-1}"; }
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
  const { image, nodes, log } = options
  log(`trying ${image} on ${nodes.join(', ')}`)
  const command = ['bash', '-c', `${script}${await workloadCheck()}`]
  const trial = { name: 'workload', image, command, flag: '--workload-image' }
  return inPreflightNamespace(api, options, async (namespace) => {
    const [outcome] = await tryImages(api, namespace, { ...options, trials: [trial] })
    if (outcome === undefined) throw new TypeError('A trial has no outcome.')
    if ('what' in outcome) throw new SetupError(`${outcome.what}.`, { fix: outcome.fix })
    return { imageId: outcome.imageId, policy: await policyIn(api, namespace) }
  })
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

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { V1Node } from '@kubernetes/client-node'
import type { ClusterRecord, NodeRecord } from '../../contract/cluster-record.ts'
import { systemNamespace } from '../../contract/system.ts'
import { clusterApi, untilReady, type ClusterApi } from '../api.ts'
import { mutantVariable } from '../component-mutants/switch-file.ts'
import { engine, engineInto, pipeEngine } from '../machine/container-engine.ts'
import type { Log } from '../log.ts'
import { driverName } from '../profiles/default-profile.ts'
import { veleroNamespace } from '../profiles/velero-profile.ts'
import { systemPodsReady } from '../readiness/system-pods.ts'
import { because, SetupError } from '../setup-error.ts'
import { seenVersions, whyNotUpgraded } from './seen-versions.ts'
import type { TargetNode } from './target-node.ts'
import { type PlannedStep, programsInNode, type UpgradeAct } from './upgrade-plan.ts'

const mutantDropIn = '/etc/systemd/system/kubelet.service.d/99-holdfast-upgrade-mutant.conf'

/** What the steps of an upgrade are done with. */
export interface UpgradeTools {
  readonly record: ClusterRecord
  /** Where images and programs of another Kubernetes come from; undefined where there is none. */
  readonly target: TargetNode | undefined
  /** Path of the kubelet with mutants on this machine; undefined in an honest upgrade. */
  readonly kubelet: string | undefined
  /** Directory that gets what each step prints. */
  readonly logs: string
  readonly log: Log
  readonly signal: AbortSignal
}

/** Name of the file below `logs` that gets what a step prints; undefined for one that prints nothing. */
export function logOf({ title, act }: PlannedStep, number: number): string | undefined {
  return act.kind === 'run' ? `${String(number).padStart(2, '0')}-${title.replaceAll(/[^\w.]+/g, '-')}.log` : undefined
}

/** Does one step, the file of which is named by `logOf`. Throws a `SetupError` that names the step. */
export async function carryOut(step: PlannedStep, file: string | undefined, tools: UpgradeTools): Promise<void> {
  const { title } = step
  try {
    await doAct(step, { ...tools, file: file === undefined ? undefined : join(tools.logs, file) })
  } catch (error) {
    tools.signal.throwIfAborted()
    const words = error instanceof SetupError ? whyOf(error) : because(error).replace(/^: /, '')
    throw new SetupError(`The step "${title}" failed: ${words.replace(/\.$/, '')}.`, {
      ...(file !== undefined && { fix: `Read ${join(tools.logs, file)}.` }),
      cause: error,
    })
  }
}

/** The reason alone, where there is one beside the sentence. */
function whyOf(error: SetupError): string {
  return 'why' in error && typeof error.why === 'string' && error.why !== '' ? error.why : error.message
}

async function doAct(
  { node, act, limit }: PlannedStep,
  { record, target, kubelet, signal, file }: UpgradeTools & { readonly file: string | undefined },
): Promise<void> {
  switch (act.kind) {
    case 'run':
      appendFileSync(file ?? '', `${new Date().toISOString()} ${node.container}: ${act.command.join(' ')}\n`)
      return engineInto(['exec', node.container, ...act.command], file ?? '', { seconds: limit, signal })
    case 'hand-over':
      if (target === undefined) throw new Error('There is no node image to take programs from.')
      return target.handOver(node, act.images)
    case 'place-mutant':
      return placeMutant(node, { kubelet: kubelet ?? '', mutant: act.mutant })
    case 'load-image':
      return loadImage(act, node.container)
    case 'wait':
      return awaitPlatform(act, { api: clusterApi(record.kubeconfig, record.context), node: node.name, record, limit, signal })
  }
}

/** The kubelet of the target reads which mutant is in force from its environment, as soon as systemd starts it anew. */
async function placeMutant(node: NodeRecord, { kubelet, mutant }: { readonly kubelet: string; readonly mutant: string }): Promise<void> {
  await engine(['cp', kubelet, `${node.container}:${programsInNode}/kubelet`], { seconds: 300 })
  const lines = ['[Service]', `Environment=${mutantVariable}=${mutant}`, '']
  const script = 'mkdir -p "$(dirname "$0")" && cat > "$0"'
  await engine(['exec', '--interactive', node.container, 'sh', '-ec', script, mutantDropIn], { input: lines.join('\n') })
}

async function loadImage({ reference }: Extract<UpgradeAct, { kind: 'load-image' }>, container: string): Promise<void> {
  const load = ['exec', '--interactive', container, 'ctr', '--namespace', 'k8s.io', 'images', 'import', '--no-unpack', '-'] as const
  await pipeEngine(['save', reference], load)
}

async function awaitPlatform(
  { until }: Extract<UpgradeAct, { kind: 'wait' }>,
  {
    api,
    node,
    record,
    limit,
    signal,
  }: {
    readonly api: ClusterApi
    readonly node: string
    readonly record: ClusterRecord
    readonly limit: number
    readonly signal: AbortSignal
  },
): Promise<void> {
  const namespaces = ['kube-system', systemNamespace, ...(record.velero === undefined ? [] : [veleroNamespace])]
  switch (until.what) {
    case 'control plane':
      await untilReady({
        ...{ what: 'The control plane', within: limit, every: 1, signal },
        async look() {
          const { apiServer, images } = await seenVersions(api)
          if (apiServer !== until.version) return `the API server is ${apiServer}`
          const old = staticPods.find((name) => !runsVersion(images, name, until.version))
          return old === undefined ? undefined : `${old} does not run as ${until.version}`
        },
      })
      return systemPodsReady(api, { nodes: record.nodes.length, namespaces, driver: driverName, signal })
    case 'kubelet':
      return untilReady({
        ...{ what: `Node ${node}`, within: limit, every: 1, signal },
        look: async () => whyNotUpgraded(await api.read<V1Node>({ apiVersion: 'v1', kind: 'Node', name: node }), until.version),
      })
    case 'system Pods':
      return systemPodsReady(api, { nodes: record.nodes.length, namespaces, driver: driverName, signal })
  }
}

const staticPods = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const

function runsVersion(images: Readonly<Record<string, string>>, name: string, version: string): boolean {
  return Object.entries(images).some(([container, image]) => container.endsWith(`/${name}`) && image.endsWith(`:${version}`))
}

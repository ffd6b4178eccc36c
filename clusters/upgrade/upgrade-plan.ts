import type { NodeRecord } from '../../contract/cluster-record.ts'
import type { UpgradeStage } from '../../contract/upgrade.ts'
import type { KubernetesRelease } from '../images/kubernetes-release.ts'
import { changesKubernetes, sameImage, type UpgradeRequest } from './upgrade-request.ts'
import { type ComponentWorkload, upgradableComponents, type UpgradableName } from './workloads.ts'

/** What a step does. */
export type UpgradeAct =
  /** Puts programs and images of the target into a node, where nothing uses them yet. */
  | { readonly kind: 'hand-over'; readonly images: readonly string[] }
  /** Puts the kubelet with mutants in the place of the one that was handed over, and says which of them is in force. */
  | { readonly kind: 'place-mutant'; readonly mutant: string }
  /** Puts an image of the engine of this machine into a node. */
  | { readonly kind: 'load-image'; readonly reference: string }
  /** Runs a command in a node, and keeps what it prints. */
  | { readonly kind: 'run'; readonly command: readonly string[] }
  /** Waits until the API shows something. */
  | { readonly kind: 'wait'; readonly until: Awaited }

/** What a step waits for. */
export type Awaited =
  /** The API server has this version, and every system Pod is ready. */
  | { readonly what: 'control plane'; readonly version: string }
  /** The node is Ready with a kubelet of this version. */
  | { readonly what: 'kubelet'; readonly version: string }
  /** Every system Pod is ready, and the driver is registered on each worker. */
  | { readonly what: 'system Pods' }

/** One step of an upgrade. */
export interface PlannedStep {
  readonly title: string
  readonly stage: UpgradeStage
  /** Node in which it is done, or that it waits for. */
  readonly node: NodeRecord
  readonly act: UpgradeAct
  /** Seconds after which it counts as failed. */
  readonly limit: number
}

/** Where the programs of the target lie in a node until they are needed. */
export const programsInNode = '/kind/holdfast/upgrade'

/** Programs of the target that each node gets. */
export const upgradedPrograms = ['kubeadm', 'kubelet', 'kubectl'] as const

/** What kubeadm looks at that a node in a container does not have, as kind ignores it too. */
const ignoredErrors = ['SystemVerification', 'FileContent--proc-sys-net-bridge-bridge-nf-call-iptables', 'Swap'].join(',')

const adminConfig = '--kubeconfig=/etc/kubernetes/admin.conf'

/** What a plan is made for. */
export interface PlannedFor {
  readonly request: UpgradeRequest
  readonly nodes: readonly NodeRecord[]
}

/**
 * The steps of an upgrade in their order, as kubeadm documents them: the control plane, then node after node, the one of the control plane
 * first. What only copies comes before, so that suites wait for none of it. Components beside Kubernetes come last, all at once.
 */
export function planUpgrade({ request, nodes }: PlannedFor): readonly PlannedStep[] {
  const controlPlane = nodes.find(({ role }) => role === 'control-plane')
  if (controlPlane === undefined) throw new Error('The cluster has no control plane that can be upgraded.')
  const workers = nodes.filter(({ role }) => role === 'worker')
  const names = Object.keys(request.components) as UpgradableName[]
  const inOrder = [controlPlane, ...workers]
  return [
    ...(changesKubernetes(request) ? kubernetesSteps(request, { controlPlane, inOrder }) : []),
    ...names.flatMap((name) => componentSteps(name, request, { controlPlane, inOrder })),
  ].toSorted((one, other) => place(one) - place(other))
}

/** Sorting keeps the order within a stage. */
function place({ stage }: PlannedStep): number {
  return ['begin', 'control-plane', 'whole'].indexOf(stage)
}

interface Nodes {
  readonly controlPlane: NodeRecord
  readonly inOrder: readonly NodeRecord[]
}

function kubernetesSteps(request: UpgradeRequest, { controlPlane, inOrder }: Nodes): readonly PlannedStep[] {
  const { to } = request
  return [
    ...inOrder.flatMap((node) => [handOver(to, node), ...placeMutant(request, node)]),
    install('kubeadm', controlPlane, 'control-plane'),
    {
      title: `${controlPlane.name}: kubeadm upgrade apply ${to.kubernetes}`,
      stage: 'control-plane',
      node: controlPlane,
      act: run('kubeadm', 'upgrade', 'apply', to.kubernetes, '--yes', `--ignore-preflight-errors=${ignoredErrors}`),
      limit: 600,
    },
    {
      title: `${controlPlane.name}: the control plane serves as ${to.kubernetes}`,
      stage: 'control-plane',
      node: controlPlane,
      act: { kind: 'wait', until: { what: 'control plane', version: to.kubernetes } },
      limit: 240,
    },
    ...inOrder.flatMap((node) => nodeSteps(request, { node, controlPlane })),
  ]
}

/** Images of the target that a node of each role needs, by how their names begin. */
const imagesOf: Readonly<Record<NodeRecord['role'], readonly string[]>> = {
  'control-plane': ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'etcd', 'coredns', 'pause'],
  worker: ['kube-proxy', 'coredns', 'pause'],
}

function handOver({ kubernetes }: KubernetesRelease, node: NodeRecord): PlannedStep {
  const title = `${node.name}: programs and images of ${kubernetes}`
  return { title, stage: 'begin', node, act: { kind: 'hand-over', images: imagesOf[node.role] }, limit: 300 }
}

function placeMutant({ mutant }: UpgradeRequest, node: NodeRecord): readonly PlannedStep[] {
  if (mutant?.by.component !== 'kubelet') return []
  const title = `${node.name}: kubelet with the mutant ${mutant.name}`
  return [{ title, stage: 'begin', node, act: { kind: 'place-mutant', mutant: mutant.name }, limit: 300 }]
}

function nodeSteps(
  { to, drained }: UpgradeRequest,
  { node, controlPlane }: { readonly node: NodeRecord; readonly controlPlane: NodeRecord },
): readonly PlannedStep[] {
  const isWorker = node.name !== controlPlane.name
  const stage = 'whole'
  const here = { stage, node } as const
  const drain = ['drain', node.name, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=240s']
  return [
    ...(isWorker
      ? [
          install('kubeadm', node, stage),
          {
            ...here,
            title: `${node.name}: kubeadm upgrade node`,
            act: run('kubeadm', 'upgrade', 'node', `--ignore-preflight-errors=${ignoredErrors}`),
            limit: 180,
          },
        ]
      : []),
    ...(drained ? [kubectl(drain, { ...here, controlPlane, limit: 270 })] : []),
    install('kubectl', node, stage),
    install('kubelet', node, stage),
    {
      ...here,
      title: `${node.name}: systemctl restart kubelet`,
      act: run('sh', '-c', 'systemctl daemon-reload && systemctl restart kubelet'),
      limit: 60,
    },
    {
      ...here,
      title: `${node.name}: the node is Ready with kubelet ${to.kubernetes}`,
      act: { kind: 'wait', until: { what: 'kubelet', version: to.kubernetes } },
      limit: 180,
    },
    ...(drained ? [kubectl(['uncordon', node.name], { ...here, controlPlane, limit: 60 })] : []),
    { ...here, title: `${node.name}: system Pods are ready`, act: { kind: 'wait', until: { what: 'system Pods' } }, limit: 180 },
  ]
}

/** How a mutant of a component changes the way in which it runs, in words of kubectl; nothing of any other. */
function patchOf({ mutant }: UpgradeRequest, component: UpgradableName): readonly string[] {
  return mutant !== undefined && 'patch' in mutant.by && mutant.by.component === component ? mutant.by.patch : []
}

function componentSteps(name: UpgradableName, request: UpgradeRequest, { controlPlane, inOrder }: Nodes): readonly PlannedStep[] {
  const reference = request.components[name] ?? sameImage
  const isSame = reference === sameImage
  const patch = patchOf(request, name)
  const workloads: readonly ComponentWorkload[] = upgradableComponents[name]
  const here = { stage: 'whole', node: controlPlane, controlPlane } as const
  const of = ({ kind, name: workload }: ComponentWorkload) => `${kind}/${workload}`
  return [
    ...(isSame ? [] : inOrder.map((node) => loadImage(reference, node))),
    ...(isSame ? [] : workloads).map((workload) =>
      kubectl(['set', 'image', `--namespace=${workload.namespace}`, of(workload), `${workload.container}=${reference}`], {
        ...here,
        limit: 60,
      }),
    ),
    ...(patch.length === 0 ? [] : [kubectl(patch, { ...here, limit: 60 })]),
    ...workloads.map((workload) =>
      kubectl(['rollout', 'status', `--namespace=${workload.namespace}`, of(workload), '--timeout=180s'], { ...here, limit: 200 }),
    ),
    {
      title: `${name}: system Pods are ready`,
      stage: 'whole',
      node: controlPlane,
      act: { kind: 'wait', until: { what: 'system Pods' } },
      limit: 180,
    },
  ]
}

function loadImage(reference: string, node: NodeRecord): PlannedStep {
  return { title: `${node.name}: image ${reference}`, stage: 'begin', node, act: { kind: 'load-image', reference }, limit: 300 }
}

/** A program is replaced by a rename: one that runs goes on with the old file. */
function install(program: (typeof upgradedPrograms)[number], node: NodeRecord, stage: UpgradeStage): PlannedStep {
  const [from, into] = [`${programsInNode}/${program}`, `/usr/bin/${program}`]
  const script = `install -m 0755 ${from} ${into}.new && mv ${into}.new ${into} && ${program} ${versionFlag[program]}`
  return { title: `${node.name}: install ${program}`, stage, node, act: run('sh', '-ec', script), limit: 60 }
}

const versionFlag = { kubeadm: 'version --output=short', kubelet: '--version', kubectl: 'version --client' } as const

/** A command of kubectl, which is run where the credentials of an administrator are: on the control plane. */
function kubectl(
  words: readonly string[],
  {
    stage,
    node,
    controlPlane,
    limit,
  }: { readonly stage: UpgradeStage; readonly node: NodeRecord; readonly controlPlane: NodeRecord; readonly limit: number },
): PlannedStep {
  const [verb = '', ...rest] = words
  const title = `${node.name}: kubectl ${words.filter((word) => !word.startsWith('--')).join(' ')}`
  return { title, stage, node: controlPlane, act: run('kubectl', adminConfig, verb, ...rest), limit }
}

function run(...command: readonly string[]): UpgradeAct {
  return { kind: 'run', command }
}

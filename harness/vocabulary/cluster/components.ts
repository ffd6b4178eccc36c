import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { replicasAnnotation } from '../../../contract/annotations.ts'
import { snapshotControllerDeployment, systemNamespace } from '../../../contract/system.ts'
import { act, done } from '../../engine/kubernetes/act.ts'
import { containerEngine } from '../node/container-engine.ts'
import { commandLineOf } from './command-line.ts'
import { crashVelero } from './crash-velero.ts'
import { field } from '../../engine/object.ts'
import { isReadyPod } from '../pod/readings.ts'
import { Inconclusive } from '../../engine/judge/errors.ts'
import { listed } from '../../engine/kubernetes/bound-objects.ts'
import type { ObservedObject } from '../../engine/history/history-entry.ts'
import type { History } from '../../engine/history/history.ts'
import type { KubernetesApi } from '../../engine/kubernetes/api.ts'
import { limits } from '../../engine/limits.ts'
import { settled } from '../../engine/watch/settled.ts'
import { mustControl } from '../node/control.ts'
import { containerOf, controlPlaneOf } from '../node/worker-nodes.ts'
import { crashNodePlugin } from './node-plugin.ts'
import type { Reverts } from '../../engine/fixtures/reverts.ts'

/** A program that runs in a container of the controller of the CSI driver: the driver itself, or a sidecar. */
export type DriverProgram = 'csi-hostpath' | 'csi-provisioner' | 'csi-resizer' | 'csi-snapshotter'

/** Acts on components of a cluster that Holdfast made, reverted when the guarantee is over. They need the feature `ComponentControl`. */
export interface Components {
  /**
   * Kills a program of the CSI driver's controller at once, as a lack of memory does, and has the Pod around it replaced: a kubelet would
   * restart the container in place, later each time.
   */
  crash(program: DriverProgram): Promise<void>
  /**
   * Kills a sidecar of the CSI driver's controller at once. The driver beside it goes on, and ends the calls that the sidecar waited for;
   * the kubelet restarts the sidecar in place. The Pod around them is replaced when the guarantee is over, so that nobody later waits for a
   * back-off.
   */
  killSidecar(program: Exclude<DriverProgram, 'csi-hostpath'>): Promise<void>
  /** Stops a sidecar of the CSI driver's controller where it is, while the driver beside it goes on. */
  pauseSidecar(program: Exclude<DriverProgram, 'csi-hostpath'>): Promise<void>
  /** Lets a sidecar go on that was paused. */
  resumeSidecar(program: Exclude<DriverProgram, 'csi-hostpath'>): Promise<void>
  /**
   * Kills the CSI driver on a node at once, which serves the volumes of the Pods there, and has the Pod around it replaced. Returns once
   * the new one is Ready.
   */
  crashNodePlugin(node: string): Promise<void>
  /** Kills kube-controller-manager at once. The kubelet starts another one, which takes over once the lease of the first has run out. */
  crashControllerManager(): Promise<void>
  /** Kills the Velero server at once, and waits until the next one is Ready. Needs the feature `Velero`, too. */
  crashVelero(): Promise<void>
  /** Scales the snapshot controller to zero, and waits until it is gone. */
  stopSnapshotController(): Promise<void>
  /** Scales the snapshot controller to one, and waits until it is Ready. */
  startSnapshotController(): Promise<void>
}

const system = `/api/v1/namespaces/${systemNamespace}/pods`
const controllerOfDriver = 'app=csi-hostpath-controller'
const snapshotController = 'app=snapshot-controller'
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases'
const controllerManager = 'kube-controller-manager'

const deployment = `/apis/apps/v1/namespaces/${systemNamespace}/deployments/${snapshotControllerDeployment}`

/** How the command line of a program begins or what is in it. */
const commandLines: Readonly<Record<DriverProgram, string>> = {
  'csi-hostpath': '--mode=controller',
  'csi-provisioner': '/csi-provisioner --csi-address',
  'csi-resizer': '/csi-resizer --csi-address',
  'csi-snapshotter': '/csi-snapshotter --csi-address',
}

/** What is sent to programs, by verb. */
const signals = { kill: '-KILL', pause: '-STOP', resume: '-CONT' } as const

interface SignalledPrograms {
  /** What is in the command line of each. */
  readonly pattern: string
  readonly within?: AbortSignal
}

/** The acts on the components of a cluster. */
export function componentActs(options: {
  readonly api: KubernetesApi
  readonly cluster: ClusterRecord
  readonly history: History
  readonly reverts: Reverts
  readonly signal: AbortSignal
}): Components {
  const { api, cluster, history, reverts, signal } = options

  const signalTo = async (verb: 'kill' | 'pause' | 'resume', program: string, { pattern, within = signal }: SignalledPrograms) => {
    const name = controlPlaneOf(cluster)
    const container = containerOf(cluster, name)
    await act({
      ...{ history, verb, subject: { kind: 'Node', name }, request: { program } },
      send: async () => containerEngine(['exec', container, 'pkill', signals[verb], '-f', '--', pattern], within),
      answer: done,
    })
  }
  const kill = async (program: string, pattern: string) => signalTo('kill', program, { pattern })
  const scale = async (replicas: number, within = signal) => {
    const body = { metadata: { annotations: { [replicasAnnotation]: replicas === 1 ? null : '1' } }, spec: { replicas } }
    await act({
      ...{
        history,
        verb: 'scale',
        subject: { kind: 'Deployment', name: snapshotControllerDeployment, namespace: systemNamespace },
        request: body,
      },
      send: async () => api.send({ method: 'PATCH', path: deployment, body, contentType: 'application/merge-patch+json', signal: within }),
      answer: done,
    })
    await podsSettle(snapshotController, {
      api,
      within,
      holds: (pods) => pods.length === replicas && pods.every(isReadyPod),
    })
  }

  const controllersOfDriver = async () => listed(api, `${system}?labelSelector=${controllerOfDriver}`)
  const oneControllerReady = async (within: AbortSignal) =>
    podsSettle(controllerOfDriver, { api, within, holds: (pods) => pods.length === 1 && pods.every((pod) => isReadyPod(pod)) })

  return {
    async killSidecar(program) {
      mustControl(cluster, 'ComponentControl')
      const before = await controllersOfDriver()
      reverts.register('the controller of the CSI driver', async (within) => {
        const left = (await controllersOfDriver()).filter((pod) => before.some(({ metadata }) => metadata.uid === pod.metadata.uid))
        for (const { metadata } of left) await api.send({ method: 'DELETE', path: `${system}/${metadata.name}`, signal: within })
        await oneControllerReady(within)
      })
      await kill(program, commandLines[program])
    },
    async pauseSidecar(program) {
      mustControl(cluster, 'ComponentControl')
      const pattern = commandLines[program]
      reverts.register(program, async (within) => signalTo('resume', program, { pattern, within }))
      await signalTo('pause', program, { pattern })
    },
    resumeSidecar: async (program) => signalTo('resume', program, { pattern: commandLines[program] }),
    async crash(program) {
      mustControl(cluster, 'ComponentControl')
      const before = await controllersOfDriver()
      const isNew = (pod: ObservedObject) => before.every(({ metadata }) => metadata.uid !== pod.metadata.uid)
      reverts.register('the controller of the CSI driver', oneControllerReady)
      await kill(program, commandLines[program])
      for (const { metadata } of before)
        await act({
          ...{ history, verb: 'delete', subject: { kind: 'Pod', name: metadata.name, namespace: systemNamespace } },
          send: async () => api.send({ method: 'DELETE', path: `${system}/${metadata.name}`, signal }),
          answer: done,
        })
      await podsSettle(controllerOfDriver, {
        api,
        within: signal,
        holds: (pods) => pods.some((pod) => isNew(pod) && isReadyPod(pod)),
      })
    },
    async crashNodePlugin(node) {
      mustControl(cluster, 'ComponentControl')
      await crashNodePlugin(node, options)
    },
    async crashControllerManager() {
      mustControl(cluster, 'ComponentControl')
      const before = await holderOf(api)
      reverts.register(controllerManager, async (within) => takenOver(before, { api, within }))
      await kill(controllerManager, commandLineOf(controllerManager))
    },
    crashVelero: async () => crashVelero(options),
    async stopSnapshotController() {
      mustControl(cluster, 'ComponentControl')
      reverts.register('the snapshot controller', async (within) => scale(1, within))
      await scale(0)
    },
    startSnapshotController: async () => scale(1),
  }
}

/** Waits for Pods of a component to be as asked for. Throws `Inconclusive` when they are not in time, or when `within` ended the wait. */
async function podsSettle(
  labelSelector: string,
  {
    api,
    within,
    holds,
  }: { readonly api: KubernetesApi; readonly within: AbortSignal; readonly holds: (pods: readonly ObservedObject[]) => boolean },
): Promise<void> {
  const signal = AbortSignal.any([within, AbortSignal.timeout(limits.componentBack * 1000)])
  const pods = await settled({ api, kind: 'Pod', path: system, labelSelector, holds, signal })
  if (!holds(pods))
    throw new Inconclusive().withDetails({
      reason: { summary: `Pods with ${labelSelector} were not as asked for within ${limits.componentBack} s.` },
    })
}

/** Which kube-controller-manager acts: each has another name, and the one that is killed keeps its lease until that runs out. */
async function holderOf(api: KubernetesApi): Promise<unknown> {
  return field(await api.send({ path: `${leases}/${controllerManager}` }), 'spec', 'holderIdentity')
}

async function takenOver(before: unknown, { api, within }: { readonly api: KubernetesApi; readonly within: AbortSignal }): Promise<void> {
  const signal = AbortSignal.any([within, AbortSignal.timeout(limits.componentBack * 1000)])
  const isOther = (found: readonly ObservedObject[]) =>
    found.some((lease) => (field(lease, 'spec', 'holderIdentity') ?? '') !== '' && field(lease, 'spec', 'holderIdentity') !== before)
  const found = await settled({
    api,
    kind: 'Lease',
    path: leases,
    fieldSelector: `metadata.name=${controllerManager}`,
    holds: isOther,
    signal,
  })
  if (!isOther(found))
    throw new Inconclusive().withDetails({
      reason: { summary: `No other ${controllerManager} took over within ${limits.componentBack} s.` },
    })
}

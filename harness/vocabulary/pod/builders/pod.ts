import type { V1Pod, V1Volume } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { ordinaryUser } from '../../../../contract/pod-security.ts'
import { reservedTaint } from '../../../../contract/taints.ts'
import { blockDevice, dataDirectory, type Termination, workloadContainer } from './workload-container.ts'

/** Where a Pod of ours runs, and what is noted on it. */
export interface Placement {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  /** Node that the Pod is to run on; any when absent. */
  readonly node?: string
  /** Node that it runs on where it can. */
  readonly prefersNode?: string
  /** Pod of ours on whose node the Pod is to run, where no node is named. */
  readonly beside?: string
  /** Node that gets the Pod without the scheduler being asked. */
  readonly nodeName?: string
  /** Node that the Pod may run on though a suite has tainted it. */
  readonly tolerates?: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly termination?: Termination
  /** Shell commands with which its container begins. */
  readonly first?: string
  /** User as which its processes run, and the group to which its volumes are to belong. When absent, the rules for all Pods say so. */
  readonly runAs?: { readonly runAsUser: number; readonly fsGroup?: number }
}

/** For a Pod that is to leave its volume as it is: the ordinary user, and no group to which the volume were to belong. */
export const leavesItsVolume = { runAsUser: ordinaryUser.runAsUser } as const

/** A Pod of ours and the one PVC it mounts. */
export interface PodOptions extends Placement {
  /** PersistentVolumeClaim that the Pod mounts. */
  readonly pvc: string
  /** Whether the Pod asks for the volume read-only. */
  readonly readOnly?: boolean
  /** Whether its container asks for the mount read-only. */
  readonly readOnlyMount?: boolean
  /** Directory of the volume that is mounted in place of the whole. */
  readonly subPath?: string
}

/** Builds a Pod that does nothing but hold one volume. */
export function pod(name: string, { pvc, readOnly, readOnlyMount, subPath, ...placement }: PodOptions) {
  const source = { claimName: pvc, ...(readOnly !== undefined && { readOnly }) }
  return workloadPod(name, { ...placement, subPath, readOnlyMount, volumes: [{ name: 'data', persistentVolumeClaim: source }] })
}

/** Builds a Pod that does nothing but hold several volumes, each in a directory named after its PVC. */
export function podWithPvcs(name: string, { pvcs, ...placement }: Placement & { readonly pvcs: readonly string[] }) {
  const volumes = pvcs.map((pvc) => ({ name: pvc, persistentVolumeClaim: { claimName: pvc } }))
  return workloadPod(name, { ...placement, volumes, directoryOf: directoryOfPvc })
}

/** Directory in which a Pod of several PVCs mounts one of them. */
export function directoryOfPvc(pvc: string): string {
  return `${dataDirectory}/${pvc}`
}

/** Builds a Pod that does nothing but hold one volume as a block device. */
export function blockPod(name: string, { pvc, ...placement }: Placement & { readonly pvc: string }) {
  const built = workloadPod(name, { ...placement, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: pvc } }] })
  const [{ volumeMounts: _, ...container }] = built.spec.containers
  const containers = [{ ...container, volumeDevices: [{ name: 'data', devicePath: blockDevice }] }]
  return { ...built, spec: { ...built.spec, containers } } satisfies V1Pod
}

/** Builds a Pod that does nothing but hold volumes. */
export function workloadPod(
  name: string,
  options: Placement & {
    readonly volumes: V1Volume[]
    readonly directoryOf?: (volume: string) => string
    readonly subPath?: string | undefined
    readonly readOnlyMount?: boolean | undefined
  },
) {
  const {
    cluster,
    node,
    prefersNode,
    beside,
    nodeName,
    tolerates,
    annotations,
    labels,
    runAs,
    termination = 'at-once',
    first,
    volumes,
    subPath,
    readOnlyMount,
    directoryOf = () => dataDirectory,
  } = options
  const part = { ...(subPath !== undefined && { subPath }), ...(readOnlyMount !== undefined && { readOnly: readOnlyMount }) }
  const mounts = volumes.map((volume) => ({ name: volume.name, mountPath: directoryOf(volume.name), ...part }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name, ...labels }, ...(annotations && { annotations: { ...annotations } }) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 10,
      ...(beside !== undefined && { affinity: onNodeOf(beside) }),
      ...(node !== undefined && { affinity: onNode(node) }),
      ...(prefersNode !== undefined && { affinity: preferring(prefersNode) }),
      ...(nodeName !== undefined && { nodeName }),
      ...(tolerates !== undefined && { tolerations: [{ key: reservedTaint, operator: 'Equal', value: tolerates, effect: 'NoSchedule' }] }),
      ...(runAs && { securityContext: { ...runAs } }),
      containers: [workloadContainer({ image: cluster.workloadImage, mounts, termination, first })] as const,
      volumes,
    },
  }
}

/** Affinity that allows one node. It leaves the choice to the scheduler, so that classes that wait for their first consumer work too. */
export function onNode(node: string) {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }]
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } }
}

/** Affinity that allows the node of another Pod of ours. */
function onNodeOf(other: string) {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/name': other } }
  return { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: 'kubernetes.io/hostname' }] } }
}

/** Affinity that prefers one node to all others. */
export function preferring(node: string) {
  const preference = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] } }
}

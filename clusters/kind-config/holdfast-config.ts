import { type ClusterOwner, mountPointOf } from '../machine/cluster-owner.ts'
import { clusterDirectory, volumesInNode } from '../directories.ts'
import type { KubernetesRelease } from '../images/kubernetes-release.ts'
import { gateUnder } from './gate-under.ts'

/** Label of a node by which Holdfast puts it in a zone. */
export const zoneLabel = 'topology.kubernetes.io/zone'

/** Network of all Pods of a kind cluster, out of which every node has its PodCIDR. */
export const podNetwork = '10.244.0.0/16'

/**
 * Fields of the KubeletConfiguration. A kubelet refuses cgroup v1 unless told otherwise; on cgroup v2 the field changes nothing. It looks
 * at a running Pod's PVCs, and so grows its file systems, only when it syncs the Pod: by default once a minute. It mounts no attached
 * volume before the node's status lists it as in use, and none is detached before the status lists it no longer: by default that status is
 * made every 10 s. It is reported only when it has changed, for which the second of the two frequencies must be given with the first.
 */
export const kubeletNeeds = {
  failCgroupV1: false,
  syncFrequency: '2s',
  nodeStatusUpdateFrequency: '1s',
  nodeStatusReportFrequency: '5m',
} as const

/** The driver reads the zone of its node from a label of its Pod, which Pods have by themselves where this gate is on: since 1.35. */
export const driverGate = 'PodTopologyLabelsAdmission'

/** Feature gates that have to be set for the driver, beside those that the user sets. */
export function gatesNeeded(release: KubernetesRelease, gates: Readonly<Record<string, boolean>>): Readonly<Record<string, boolean>> {
  return gateUnder(driverGate, gates, release).isOn ? {} : { [driverGate]: true }
}

/** Mount of a directory of this machine in a node. */
export interface Mount {
  readonly hostPath: string
  readonly containerPath: string
  readonly readOnly?: boolean
}

/** What every node has mounted: the volumes, and the owner of the cluster. */
export function mountsNeeded({ name, owner }: { readonly name: string; readonly owner: ClusterOwner }): readonly Mount[] {
  return [
    { hostPath: clusterDirectory(name, 'volumes'), containerPath: volumesInNode },
    { hostPath: clusterDirectory(name, 'logs'), containerPath: mountPointOf(owner), readOnly: true },
  ]
}

/** Zone of the nth worker; the control plane is in that of the first. */
export function zoneOf(ordinal: number): string {
  return ordinal % 2 === 0 ? 'zone-a' : 'zone-b'
}

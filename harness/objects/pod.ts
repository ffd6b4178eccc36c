import type { V1Pod, V1Volume } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../clusters/record.ts'
import { blockDevice, dataDirectory, workloadContainer } from './workload-container.ts'

/** Where a Pod of ours runs. */
export interface Placement {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  /** Node that the Pod is to run on; any when absent. */
  readonly node?: string
}

/** A Pod of ours and the one claim it mounts. */
export interface PodOptions extends Placement {
  /** PersistentVolumeClaim that the Pod mounts. */
  readonly claim: string
  /** Whether the Pod asks for the volume read-only. */
  readonly readOnly?: boolean
}

/** Builds a Pod that does nothing but hold one volume. */
export function pod(name: string, { claim, readOnly, ...placement }: PodOptions) {
  const source = { claimName: claim, ...(readOnly !== undefined && { readOnly }) }
  return workloadPod(name, { ...placement, volumes: [{ name: 'data', persistentVolumeClaim: source }] })
}

/** Builds a Pod that does nothing but hold several volumes, each in a directory named after its claim. */
export function podOfClaims(name: string, { claims, ...placement }: Placement & { readonly claims: readonly string[] }) {
  const volumes = claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: claim } }))
  return workloadPod(name, { ...placement, volumes, directoryOf: directoryOfClaim })
}

/** Directory in which a Pod of several claims mounts one of them. */
export function directoryOfClaim(claim: string): string {
  return `${dataDirectory}/${claim}`
}

/** Builds a Pod that does nothing but hold one volume as a block device. */
export function blockPod(name: string, { claim, ...placement }: Placement & { readonly claim: string }) {
  const built = workloadPod(name, { ...placement, volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }] })
  const [{ volumeMounts: _, ...container }] = built.spec.containers
  const containers = [{ ...container, volumeDevices: [{ name: 'data', devicePath: blockDevice }] }]
  return { ...built, spec: { ...built.spec, containers } } satisfies V1Pod
}

/** Builds a Pod that does nothing but hold volumes. */
export function workloadPod(
  name: string,
  options: Placement & { readonly volumes: V1Volume[]; readonly directoryOf?: (volume: string) => string },
) {
  const { cluster, node, volumes, directoryOf = () => dataDirectory } = options
  const mounts = volumes.map((volume) => ({ name: volume.name, mountPath: directoryOf(volume.name) }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 10,
      ...(node !== undefined && { affinity: onNode(node) }),
      containers: [workloadContainer({ image: cluster.workloadImage, mounts })] as const,
      volumes,
    },
  }
}

/** Leaves the choice to the scheduler, so that classes that wait for their first consumer work too. */
function onNode(node: string) {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }]
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } }
}

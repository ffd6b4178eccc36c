import type { V1Deployment, V1Volume } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { preferring } from '../pod/builders/pod.ts'
import { dataDirectory, type Readiness, type Termination, workloadContainer } from '../pod/builders/workload-container.ts'

/** What a Deployment of ours looks like. */
export interface DeploymentOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage' | 'storageClass'>
  readonly replicas: number
  /** Name of the Service that its Pods name as theirs, as those of a StatefulSet do. */
  readonly subdomain?: string
  readonly readiness?: Readiness
  readonly termination?: Termination
  /** Shell commands with which each container begins. */
  readonly first?: string
  /** PersistentVolumeClaim that all of its Pods mount. */
  readonly pvc?: string
  /** Whether its Pods ask for that volume read-only. */
  readonly readOnly?: boolean
  /** Size of a generic ephemeral volume, of which each Pod has its own, in place of a PersistentVolumeClaim for all. */
  readonly ephemeral?: string
  /** Pod of ours beside which no further Pod is scheduled: those that are there stay. */
  readonly avoids?: string
  /** Node that its Pods run on where they can. */
  readonly prefersNode?: string
  /** Whether no node that takes its Pods has more than one of them more than another. */
  readonly spread?: true
}

/** Builds a Deployment whose Pods do nothing but run. Everything not asked for is left to the API server's defaults. */
export function deployment(name: string, options: DeploymentOptions) {
  const { cluster, replicas, subdomain, readiness = 'at-once', termination = 'at-once', first, avoids, prefersNode, spread } = options
  const labels = { 'app.kubernetes.io/name': name }
  const volumes = volumesOf(options)
  const mounts = volumes.map((volume) => ({ name: volume.name, mountPath: dataDirectory }))
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 10,
          ...(subdomain !== undefined && { subdomain }),
          ...(avoids !== undefined && { affinity: avoiding(avoids) }),
          ...(prefersNode !== undefined && { affinity: preferring(prefersNode) }),
          ...(spread && { topologySpreadConstraints: [overNodes(name)] }),
          containers: [workloadContainer({ image: cluster.workloadImage, mounts, readiness, termination, first })],
          ...(volumes.length > 0 && { volumes }),
        },
      },
    },
  } satisfies V1Deployment
}

const topologyKey = 'kubernetes.io/hostname'

/** Affinity that allows every node but that of a Pod of ours. */
function avoiding(pod: string) {
  const term = { labelSelector: { matchLabels: { 'app.kubernetes.io/name': pod } }, topologyKey }
  return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }
}

/** Spreads the Pods of a Deployment evenly over the nodes that take them. */
function overNodes(name: string) {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/name': name } }
  return { labelSelector, topologyKey, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' } as const
}

function volumesOf({ cluster, pvc, readOnly, ephemeral }: DeploymentOptions): V1Volume[] {
  if (pvc !== undefined) return [{ name: 'data', persistentVolumeClaim: { claimName: pvc, ...(readOnly !== undefined && { readOnly }) } }]
  if (ephemeral === undefined) return []
  const resources = { requests: { storage: ephemeral } }
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: cluster.storageClass, resources }
  return [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec } } }]
}

/** Change of a Deployment to a number of replicas. */
export function scaledTo(replicas: number) {
  return { spec: { replicas } } as const
}

/** Change of a Deployment that makes it end its old Pods before it makes new ones. */
export const recreateStrategy = { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } } as const

/** The same Deployment with a field that StatefulSets have and Deployments do not. */
export function withPvcTemplates({ spec, ...rest }: ReturnType<typeof deployment>) {
  return { ...rest, spec: { ...spec, volumeClaimTemplates: [] } }
}

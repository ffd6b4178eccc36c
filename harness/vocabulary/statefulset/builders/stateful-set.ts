import type { V1EnvVar, V1StatefulSet, V1StatefulSetSpec } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../../contract/cluster-record.ts'
import { preferring } from '../../pod/builders/pod.ts'
import { dataDirectory, workloadContainer, type Readiness, type Termination } from '../../pod/builders/workload-container.ts'

const label = 'app.kubernetes.io/name'

/** What a StatefulSet of ours looks like. */
export interface StatefulSetOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage' | 'storageClass'>
  readonly replicas: number
  /** Size of the volume of each Pod, whose PVC is `data-<pod>`; without it Pods have no volume. */
  readonly data?: string
  readonly readiness?: Readiness
  readonly termination?: Termination
  readonly podManagement?: 'OrderedReady' | 'Parallel'
  /** Name of the volumeClaimTemplate, `data` unless told otherwise. */
  readonly pvcTemplate?: string
  /** Further fields of the StatefulSet, in the words of its API. */
  readonly spec?: Readonly<
    Pick<
      V1StatefulSetSpec,
      'minReadySeconds' | 'ordinals' | 'persistentVolumeClaimRetentionPolicy' | 'revisionHistoryLimit' | 'updateStrategy'
    >
  >
  /** Node that its Pods run on where they can. */
  readonly prefersNode?: string
  /** Shell commands with which each container begins. */
  readonly first?: string
  readonly env?: V1EnvVar[]
}

/** Builds a StatefulSet whose Pods do nothing but hold their volume. Everything not asked for is left to the API server's defaults. */
export function statefulSet(name: string, options: StatefulSetOptions) {
  const { cluster, replicas, data, readiness = 'at-once', termination = 'at-once', podManagement, first, env } = options
  const { pvcTemplate = 'data', prefersNode } = options
  const labels = { [label]: name }
  const mounts = data === undefined ? [] : [{ name: pvcTemplate, mountPath: dataDirectory }]
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels },
    spec: {
      replicas,
      serviceName: name,
      ...(podManagement !== undefined && { podManagementPolicy: podManagement }),
      ...options.spec,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 10,
          ...(prefersNode !== undefined && { affinity: preferring(prefersNode) }),
          containers: [workloadContainer({ image: cluster.workloadImage, mounts, readiness, termination, first, env })],
        },
      },
      ...(data !== undefined && {
        volumeClaimTemplates: [
          {
            metadata: { name: pvcTemplate, labels },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: cluster.storageClass,
              resources: { requests: { storage: data } },
            },
          },
        ],
      }),
    },
  } satisfies V1StatefulSet
}

/** Label selector of the Pods and PersistentVolumeClaims of a StatefulSet built here. */
export function selectorOf(set: { readonly metadata: { readonly name: string } }): string {
  return `${label}=${set.metadata.name}`
}

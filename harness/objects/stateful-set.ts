import type { V1StatefulSet } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../clusters/record.ts'
import { dataDirectory, workloadContainer, type Readiness, type Termination } from './workload-container.ts'

const label = 'app.kubernetes.io/name'

/** What a StatefulSet of ours looks like. */
export interface StatefulSetOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage' | 'storageClass'>
  readonly replicas: number
  /** Size of the volume of each Pod, claimed as `data-<pod>`; without it Pods have no volume. */
  readonly data?: string
  readonly readiness?: Readiness
  readonly termination?: Termination
}

/** Builds a StatefulSet whose Pods do nothing but hold their volume. Everything not asked for is left to the API server's defaults. */
export function statefulSet(name: string, options: StatefulSetOptions) {
  const { cluster, replicas, data, readiness = 'at-once', termination = 'at-once' } = options
  const labels = { [label]: name }
  const mounts = data === undefined ? [] : [{ name: 'data', mountPath: dataDirectory }]
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 10,
          containers: [workloadContainer({ image: cluster.workloadImage, mounts, readiness, termination })],
        },
      },
      ...(data !== undefined && {
        volumeClaimTemplates: [
          {
            metadata: { name: 'data', labels },
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

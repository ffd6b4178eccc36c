import type { V1Deployment } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'
import { workloadContainer } from '../pod/builders/workload-container.ts'

/** What a Deployment of ours looks like. */
export interface DeploymentOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  readonly replicas: number
  /** Name of the Service that its Pods name as theirs, as those of a StatefulSet do. */
  readonly subdomain?: string
}

/** Builds a Deployment whose Pods do nothing but run. Everything not asked for is left to the API server's defaults. */
export function deployment(name: string, { cluster, replicas, subdomain }: DeploymentOptions) {
  const labels = { 'app.kubernetes.io/name': name }
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
          containers: [workloadContainer({ image: cluster.workloadImage, mounts: [] })],
        },
      },
    },
  } satisfies V1Deployment
}

import type { V1Pod } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../clusters/record.ts'
import { dataDirectory, workloadContainer } from './workload-container.ts'

/** What a Pod of ours runs on. */
export interface PodOptions {
  readonly cluster: Pick<ClusterRecord, 'workloadImage'>
  /** PersistentVolumeClaim that the Pod mounts. */
  readonly claim: string
}

/** Builds a Pod that does nothing but hold one volume. */
export function pod(name: string, { cluster, claim }: PodOptions) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 10,
      containers: [workloadContainer({ image: cluster.workloadImage, mounts: [{ name: 'data', mountPath: dataDirectory }] })],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
    },
  } satisfies V1Pod
}

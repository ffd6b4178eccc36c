import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { onNode } from '../pod/builders/pod.ts'
import { workloadContainer } from '../pod/builders/workload-container.ts'

/** Builds a Pod without a volume in which `curl` asks servers of the cluster by their names. */
export function httpClient(name: string, { cluster, node }: { readonly cluster: ApplicationCluster; readonly node?: string }) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      ...(node !== undefined && { affinity: onNode(node) }),
      containers: [workloadContainer({ image: applicationImage(cluster, 'backupTools'), mounts: [] })],
    },
  } as const
}

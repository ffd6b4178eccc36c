import { type ApplicationCluster, applicationImage } from '../pod/builders/application-image.ts'
import { workloadContainer } from '../pod/builders/workload-container.ts'

/** Builds a Pod without a volume in which `curl` asks servers of the cluster by their names. */
export function httpClient(name: string, { cluster }: { readonly cluster: ApplicationCluster }) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      containers: [workloadContainer({ image: applicationImage(cluster, 'backupTools'), mounts: [] })],
    },
  } as const
}

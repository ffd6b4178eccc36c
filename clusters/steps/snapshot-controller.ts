import type { V1Deployment } from '@kubernetes/client-node'
import { snapshotControllerDeployment, systemNamespace } from '../../contract/system.ts'

/** CustomResourceDefinitions the snapshot controller and the suites use, as files in `/kind/holdfast/crds` of a node. */
export const snapshotCrds = [
  'snapshot.storage.k8s.io_volumesnapshotclasses.yaml',
  'snapshot.storage.k8s.io_volumesnapshotcontents.yaml',
  'snapshot.storage.k8s.io_volumesnapshots.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshotclasses.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshotcontents.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshots.yaml',
] as const

/** The snapshot controller: binds VolumeSnapshots to VolumeSnapshotContents. */
export function snapshotController(image: string): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: snapshotControllerDeployment, namespace: systemNamespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'snapshot-controller' } },
      template: {
        metadata: { labels: { app: 'snapshot-controller' } },
        spec: {
          serviceAccountName: 'snapshot-controller',
          nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
          tolerations: [{ operator: 'Exists' }],
          terminationGracePeriodSeconds: 2,
          containers: [
            {
              name: 'snapshot-controller',
              image,
              imagePullPolicy: 'IfNotPresent',
              args: [
                '--leader-election=false',
                '--feature-gates=CSIVolumeGroupSnapshot=true',
                '--kube-api-qps=100',
                '--kube-api-burst=200',
                '--retry-interval-start=200ms',
                '--retry-interval-max=5s',
              ],
            },
          ],
        },
      },
    },
  }
}

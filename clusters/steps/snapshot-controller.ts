import type { V1Deployment, V1PolicyRule } from '@kubernetes/client-node'
import { snapshotControllerDeployment, systemNamespace } from '../../contract/system.ts'
import { events, read, rule } from './access.ts'
import type { Component } from './component.ts'

/** CustomResourceDefinitions the snapshot controller and the suites use, as files in `/kind/holdfast/crds` of a node. */
export const snapshotCrds = [
  'snapshot.storage.k8s.io_volumesnapshotclasses.yaml',
  'snapshot.storage.k8s.io_volumesnapshotcontents.yaml',
  'snapshot.storage.k8s.io_volumesnapshots.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshotclasses.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshotcontents.yaml',
  'groupsnapshot.storage.k8s.io_volumegroupsnapshots.yaml',
] as const

const rules: readonly V1PolicyRule[] = [
  rule('', ['persistentvolumes', 'nodes'], read),
  rule('', ['persistentvolumeclaims'], `${read} update`),
  rule('storage.k8s.io', ['storageclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshotclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents'], `${read} create update delete patch`),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents/status'], 'patch'),
  rule('snapshot.storage.k8s.io', ['volumesnapshots'], `${read} create update patch delete`),
  rule('snapshot.storage.k8s.io', ['volumesnapshots/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotclasses'], read),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents'], `${read} create update delete patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshots'], `${read} update patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshots/status'], 'update patch'),
  ...events,
]

function deployment(image: string): V1Deployment {
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

/** The snapshot controller: binds VolumeSnapshots to VolumeSnapshotContents. */
export const snapshotController: Component = {
  account: 'snapshot-controller',
  rules,
  objects: (images) => [deployment(images['snapshot-controller'] ?? '')],
  logs: { 'snapshot-controller.log': [`deployment/${snapshotControllerDeployment}`] },
  isReplacedBy: ({ snapshotController: theirs }) => theirs,
}

import type { KubernetesObject, V1Container, V1DaemonSet, V1Deployment, V1PolicyRule, V1Volume } from '@kubernetes/client-node'
import { volumesInNode } from '../directories.ts'
import { driverName } from '../profiles/default-profile.ts'
import { systemNamespace } from '../../contract/system.ts'
import { events, read, rule } from './access.ts'
import type { Component } from './component.ts'

const socketDirectory = '/csi'
const kubeletDirectory = '/var/lib/kubelet'
const pluginDirectory = `${kubeletDirectory}/plugins/${driverName}`

function hostDirectory(name: string, path: string): V1Volume {
  return { name, hostPath: { path, type: 'DirectoryOrCreate' } }
}

/** Port of the driver's metrics and readiness. */
const httpPort = 9808

/** Most volumes of the driver that a node may have attached. */
const maxVolumesPerNode = 64

function fromField(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } }
}

/** What the four CSI sidecars ask of the API server. */
const sidecarRules: readonly V1PolicyRule[] = [
  rule('', ['persistentvolumes'], `${read} create delete patch update`),
  rule('', ['persistentvolumes/status', 'persistentvolumeclaims/status'], 'patch update'),
  rule('', ['persistentvolumeclaims'], `${read} update patch`),
  // No secrets: no class of ours names one.
  rule('', ['nodes', 'pods'], read),
  rule('storage.k8s.io', ['storageclasses', 'csinodes', 'csidrivers', 'volumeattributesclasses'], read),
  rule('storage.k8s.io', ['volumeattachments'], `${read} update patch`),
  rule('storage.k8s.io', ['volumeattachments/status'], 'patch'),
  rule('storage.k8s.io', ['csistoragecapacities'], `${read} create update patch delete`),
  rule('apps', ['replicasets'], 'get'),
  rule('snapshot.storage.k8s.io', ['volumesnapshotclasses'], read),
  rule('snapshot.storage.k8s.io', ['volumesnapshots'], `${read} update`),
  rule('snapshot.storage.k8s.io', ['volumesnapshots/status'], 'update patch'),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents'], `${read} update patch`),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents/status'], 'update patch'),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotclasses'], read),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents'], `${read} update patch`),
  rule('groupsnapshot.storage.k8s.io', ['volumegroupsnapshotcontents/status'], 'update patch'),
  ...events,
]

function driverContainer(image: string, options: { readonly mode: 'controller' | 'node'; readonly more: readonly string[] }): V1Container {
  return {
    name: 'csi-hostpath',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: [
      `--mode=${options.mode}`,
      `--endpoint=unix://${socketDirectory}/csi.sock`,
      '--node-id=$(NODE_NAME)',
      `--data-directory=${volumesInNode}`,
      `--http-port=${httpPort}`,
      '--faults',
      ...options.more,
    ],
    // A Pod carries the zone of its node as a label since 1.35, and before by a feature gate (gatesNeeded).
    env: [fromField('NODE_NAME', 'spec.nodeName'), fromField('ZONE', `metadata.labels['topology.kubernetes.io/zone']`)],
    ports: [{ name: 'http', containerPort: httpPort }],
    readinessProbe: { httpGet: { path: '/readyz', port: httpPort }, periodSeconds: 1 },
    // Loop devices, mkfs, mounts and the freezing of file systems need the host's devices and CAP_SYS_ADMIN.
    securityContext: { privileged: true },
    volumeMounts: [
      { name: 'socket', mountPath: socketDirectory },
      { name: 'volumes', mountPath: volumesInNode },
      { name: 'dev', mountPath: '/dev' },
      ...(options.mode === 'node' ? [{ name: 'kubelet', mountPath: kubeletDirectory, mountPropagation: 'Bidirectional' }] : []),
    ],
  }
}

/** Minimal security context of a program that only talks to the API server and a socket. */
const unprivileged = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }

function sidecarContainer(name: string, image: string, more: readonly string[]) {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: [`--csi-address=${socketDirectory}/csi.sock`, '--kube-api-qps=100', '--kube-api-burst=200', ...more],
    securityContext: unprivileged,
    volumeMounts: [{ name: 'socket', mountPath: socketDirectory }],
  }
}

function controller(images: Readonly<Record<string, string>>): V1Deployment {
  const image = (name: string): string => images[name] ?? ''
  const retry = ['--retry-interval-start=200ms', '--retry-interval-max=5s', '--timeout=60s']
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'csi-hostpath-controller', namespace: systemNamespace },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: { app: 'csi-hostpath-controller' } },
      template: {
        metadata: { labels: { app: 'csi-hostpath-controller' } },
        spec: {
          serviceAccountName: 'csi-hostpath',
          nodeSelector: { 'node-role.kubernetes.io/control-plane': '' },
          tolerations: [{ operator: 'Exists' }],
          terminationGracePeriodSeconds: 2,
          containers: [
            driverContainer(image('csi-hostpath'), { mode: 'controller', more: [] }),
            {
              ...sidecarContainer('csi-provisioner', image('csi-provisioner'), [
                '--extra-create-metadata',
                '--default-fstype=xfs',
                '--enable-capacity',
                // A CSIStorageCapacity belongs to the Deployment: to the owner of the owner of this Pod.
                '--capacity-ownerref-level=2',
                '--capacity-poll-interval=10s',
                '--snapshot-orphan-sweep-interval=10s',
                ...retry,
              ]),
              env: [fromField('POD_NAME', 'metadata.name'), fromField('NAMESPACE', 'metadata.namespace')],
            },
            sidecarContainer('csi-attacher', image('csi-attacher'), [...retry, '--reconcile-sync=10s']),
            sidecarContainer('csi-resizer', image('csi-resizer'), ['--handle-volume-inuse-error=false', ...retry]),
            sidecarContainer('csi-snapshotter', image('csi-snapshotter'), ['--feature-gates=CSIVolumeGroupSnapshot=true', ...retry]),
          ],
          volumes: [{ name: 'socket', emptyDir: {} }, hostDirectory('volumes', volumesInNode), hostDirectory('dev', '/dev')],
        },
      },
    },
  }
}

function node(image: string): V1DaemonSet {
  const more = [
    `--kubelet-registration=${kubeletDirectory}/plugins_registry`,
    `--kubelet-endpoint=${pluginDirectory}/csi.sock`,
    `--max-volumes-per-node=${maxVolumesPerNode}`,
    '--zone=$(ZONE)',
  ]
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'csi-hostpath-node', namespace: systemNamespace },
    spec: {
      selector: { matchLabels: { app: 'csi-hostpath-node' } },
      template: {
        metadata: { labels: { app: 'csi-hostpath-node' } },
        spec: {
          // The node service asks the API server nothing.
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 2,
          containers: [driverContainer(image, { mode: 'node', more })],
          volumes: [
            hostDirectory('socket', pluginDirectory),
            hostDirectory('volumes', volumesInNode),
            hostDirectory('dev', '/dev'),
            hostDirectory('kubelet', kubeletDirectory),
          ],
        },
      },
    },
  }
}

function objects(images: Readonly<Record<string, string>>): readonly KubernetesObject[] {
  const driver: KubernetesObject & Record<string, unknown> = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: { name: driverName },
    spec: {
      attachRequired: true,
      podInfoOnMount: true,
      fsGroupPolicy: 'File',
      storageCapacity: true,
      volumeLifecycleModes: ['Persistent', 'Ephemeral'],
    },
  }
  return [driver, controller(images), node(images['csi-hostpath'] ?? '')]
}

/** The CSI driver: its CSIDriver object, one controller with the four sidecars, one node service on each worker. */
export const csiHostpath: Component = {
  account: 'csi-hostpath',
  rules: sidecarRules,
  objects,
  logs: {
    'csi-hostpath-controller.log': ['deployment/csi-hostpath-controller', '--all-containers', '--prefix'],
    'csi-hostpath-node.log': ['--selector=app=csi-hostpath-node', '--prefix'],
  },
  isReplacedBy: () => true,
}

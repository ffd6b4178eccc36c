import { join } from 'node:path'
import { type Config, usualWorkers } from '../config.ts'
import { projectRoot } from '../directories.ts'
import type { Stranger } from './stranger.ts'

const inNode = '/etc/kubernetes/holdfast-pod-security.yaml'

/** Settings of the cluster on which a stranger is: those of the user, and how the API server admits Pods. */
export function clusterSettings({ podSecurity }: Pick<Stranger, 'podSecurity'>, config: Config): Config {
  if (podSecurity === undefined) return config
  const hostPath = join(projectRoot, 'clusters/strangers/pod-security.yaml')
  const { workers = usualWorkers } = config
  return {
    ...config,
    kind: {
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      nodes: [
        { role: 'control-plane', extraMounts: [{ hostPath, containerPath: inNode, readOnly: true }] },
        ...Array.from({ length: workers }, () => ({ role: 'worker' })),
      ],
    },
    kubeadmPatches: [
      ...(config.kubeadmPatches ?? []),
      {
        kind: 'ClusterConfiguration',
        apiServer: {
          extraArgs: { 'admission-control-config-file': inNode },
          extraVolumes: [{ name: 'pod-security', hostPath: inNode, mountPath: inNode, readOnly: true, pathType: 'File' }],
        },
      },
    ],
  }
}

import type { V1PodSpec, V1StatefulSet } from '@kubernetes/client-node'
import type { ClusterRecord } from '../../../contract/cluster-record.ts'

/** What a StatefulSet of servers of ours is made of. */
export interface ServerSetOptions<Spec> {
  readonly cluster: Pick<ClusterRecord, 'storageClass'>
  readonly replicas: number
  /** Size of the volume of each Pod. */
  readonly size: string
  /** Left to the API server unless told otherwise. */
  readonly podManagement?: 'OrderedReady' | 'Parallel'
  readonly updateStrategy?: 'OnDelete'
  /** What is of the server itself. It mounts the volume `data`. */
  readonly podSpec: Spec
}

/** Labels of everything that belongs to a server of a name. */
export function labelsOf(name: string) {
  return { 'app.kubernetes.io/name': name }
}

/** What Pods with a server and its clients have: nothing of the API server in them. */
export const serverPod = { automountServiceAccountToken: false, enableServiceLinks: false } as const

/**
 * Builds a StatefulSet of servers, each with a PVC of its own, `data-<pod>`, and with the name of its Pod in the headless Service of the
 * same name, which is built apart.
 */
export function serverSet<Spec extends V1PodSpec>(name: string, options: ServerSetOptions<Spec>) {
  const { cluster, replicas, size, podManagement, updateStrategy, podSpec } = options
  const labels = labelsOf(name)
  const resources = { requests: { storage: size } }
  const pvc = { accessModes: ['ReadWriteOnce'], storageClassName: cluster.storageClass, resources }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels },
    spec: {
      replicas,
      serviceName: name,
      ...(podManagement !== undefined && { podManagementPolicy: podManagement }),
      ...(updateStrategy !== undefined && { updateStrategy: { type: updateStrategy } }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec },
      volumeClaimTemplates: [{ metadata: { name: 'data', labels }, spec: pvc }],
    },
  } satisfies V1StatefulSet
}

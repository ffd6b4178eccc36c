import type { V1ObjectMeta, V1Pod, V1PodSpec } from '@kubernetes/client-node'
import { restrictedPod } from '../../contract/pod-security.ts'
import { withSettings, type WorkloadSettings } from '../../contract/workload.ts'

/** A Pod that tries a cluster. */
export interface PlainPod {
  readonly name: string
  readonly namespace: string
  /** The only node that it may run on; any node when absent. */
  readonly node?: string | undefined
  /** What the user wants of every Pod. */
  readonly settings: WorkloadSettings
  readonly spec: Pick<V1PodSpec, 'containers' | 'volumes' | 'securityContext'>
}

/** Builds a Pod that runs once, ends at once when it is deleted, and conforms to the Pod Security level restricted. */
export function plainPod({ name, namespace, node, settings, spec }: PlainPod): V1Pod {
  const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node ?? ''] }] }]
  const plain: { readonly metadata: V1ObjectMeta; readonly spec: V1PodSpec } = {
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      ...(node !== undefined && {
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
      }),
      ...spec,
    },
  }
  const wanted = withSettings(plain, settings)
  return { apiVersion: 'v1', kind: 'Pod', metadata: wanted.metadata, spec: restrictedPod(wanted.spec) }
}

import type { WorkloadLike } from '../../pod/builders/pod-like.ts'
import { dataDirectory } from '../../pod/builders/workload-container.ts'

/** The same workload with an emptyDir where its Pods would have their volume: data of the node that goes with the Pod. */
export function withDataOnNode<Set extends WorkloadLike>(set: Set) {
  const { template } = set.spec
  const containers = template.spec.containers.map((each) => ({ ...each, volumeMounts: [{ name: 'data', mountPath: dataDirectory }] }))
  const spec = { ...template.spec, containers, volumes: [{ name: 'data', emptyDir: {} }] }
  return { ...set, spec: { ...set.spec, template: { ...template, spec } } }
}

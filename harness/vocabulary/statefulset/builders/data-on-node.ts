import type { V1Container } from '@kubernetes/client-node'
import { dataDirectory } from '../../pod/builders/workload-container.ts'

interface WithTemplate {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Pick<V1Container, keyof V1Container>[] } } }
}

/** The same workload with an emptyDir where its Pods would have their volume: data of the node that goes with the Pod. */
export function withDataOnNode<Set extends WithTemplate>(set: Set) {
  const { template } = set.spec
  const containers = template.spec.containers.map((each) => ({ ...each, volumeMounts: [{ name: 'data', mountPath: dataDirectory }] }))
  const spec = { ...template.spec, containers, volumes: [{ name: 'data', emptyDir: {} }] }
  return { ...set, spec: { ...set.spec, template: { ...template, spec } } }
}

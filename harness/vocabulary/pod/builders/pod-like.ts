import type { V1Container, V1PodSpec, V1Volume } from '@kubernetes/client-node'

type Containers = readonly Pick<V1Container, keyof V1Container>[]

/** A Pod, or a template of Pods, whose containers are changed. */
export interface PodLike {
  readonly spec: Omit<V1PodSpec, 'containers'> & { readonly containers: Containers }
}

/** A workload with a template of Pods, whose containers and volumes are changed. */
export interface WorkloadLike {
  readonly spec: { readonly template: { readonly spec: { readonly containers: Containers; readonly volumes?: readonly V1Volume[] } } }
}

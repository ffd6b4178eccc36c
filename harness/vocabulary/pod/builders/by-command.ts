import type { V1Container, V1PodSpec } from '@kubernetes/client-node'

interface PodLike {
  readonly spec: Omit<V1PodSpec, 'containers'> & { readonly containers: readonly V1Container[] }
}

/** The same Pod with what its containers had as arguments as their command, which takes the place of the image's entrypoint. */
export function byCommand<Pod extends PodLike>(pod: Pod): Pod {
  const containers = pod.spec.containers.map(({ args = [], ...container }) => ({ ...container, command: args }))
  return { ...pod, spec: { ...pod.spec, containers } }
}

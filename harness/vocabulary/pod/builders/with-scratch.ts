import type { V1Container, V1Volume } from '@kubernetes/client-node'

/** Directory in which Pods with an emptyDir volume mount it: below one in which every user may write. */
export const scratchDirectory = '/tmp/scratch'

interface PodTemplate {
  readonly containers: readonly Pick<V1Container, keyof V1Container>[]
  readonly volumes?: readonly V1Volume[]
}

interface WithTemplate {
  readonly spec: { readonly template: { readonly spec: PodTemplate } }
}

/** The same workload, whose Pods have an emptyDir volume beside the others. */
export function withScratch<Workload extends WithTemplate>(workload: Workload) {
  const { template } = workload.spec
  const { containers, volumes = [] } = template.spec
  const mounting = containers.map((container) => ({
    ...container,
    volumeMounts: [...(container.volumeMounts ?? []), { name: 'scratch', mountPath: scratchDirectory }],
  }))
  const podSpec = { ...template.spec, containers: mounting, volumes: [...volumes, { name: 'scratch', emptyDir: {} }] }
  return { ...workload, spec: { ...workload.spec, template: { ...template, spec: podSpec } } }
}

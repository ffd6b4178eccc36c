import type { WorkloadLike } from './pod-like.ts'

/** Directory in which Pods with an emptyDir volume mount it: below one in which every user may write. */
export const scratchDirectory = '/tmp/scratch'

/** The same workload, whose Pods have an emptyDir volume beside the others. */
export function withScratch<Workload extends WorkloadLike>(workload: Workload) {
  const { template } = workload.spec
  const { containers, volumes = [] } = template.spec
  const mounting = containers.map((container) => ({
    ...container,
    volumeMounts: [...(container.volumeMounts ?? []), { name: 'scratch', mountPath: scratchDirectory }],
  }))
  const podSpec = { ...template.spec, containers: mounting, volumes: [...volumes, { name: 'scratch', emptyDir: {} }] }
  return { ...workload, spec: { ...workload.spec, template: { ...template, spec: podSpec } } }
}

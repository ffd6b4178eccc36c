import type { V1StatefulSet } from '@kubernetes/client-node'

/** Directory in which Pods with an emptyDir volume mount it: below one in which every user may write. */
export const scratchDirectory = '/tmp/scratch'

/** The same StatefulSet, whose Pods have an emptyDir volume beside the others. */
export function withScratch<Workload extends V1StatefulSet>(workload: Workload): Workload {
  const { spec } = workload
  if (spec?.template.spec === undefined) return workload
  const { containers, volumes = [] } = spec.template.spec
  const mounting = containers.map((container) => ({
    ...container,
    volumeMounts: [...(container.volumeMounts ?? []), { name: 'scratch', mountPath: scratchDirectory }],
  }))
  const podSpec = { ...spec.template.spec, containers: mounting, volumes: [...volumes, { name: 'scratch', emptyDir: {} }] }
  return { ...workload, spec: { ...spec, template: { ...spec.template, spec: podSpec } } }
}

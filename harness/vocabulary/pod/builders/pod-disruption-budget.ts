import type { V1PodDisruptionBudget } from '@kubernetes/client-node'

/** Pods of one name label, and how many of them voluntary disruptions have to leave, or may take at a time. */
export type Budget = {
  readonly of: { readonly spec: { readonly selector: { readonly matchLabels: Readonly<Record<string, string>> } } }
} & ({ readonly minAvailable: number } | { readonly maxUnavailable: number })

/** Builds a PodDisruptionBudget for the Pods of a workload. See https://kubernetes.io/docs/tasks/run-application/configure-pdb/ */
export function podDisruptionBudget(name: string, { of, ...bounds }: Budget) {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { ...bounds, selector: { matchLabels: { ...of.spec.selector.matchLabels } } },
  } satisfies V1PodDisruptionBudget
}

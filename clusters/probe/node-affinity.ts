import type { V1Node, V1NodeSelectorRequirement, V1PersistentVolume } from '@kubernetes/client-node'

/** Nodes from which a PersistentVolume can be used, by its node affinity. */
export function nodesOf({ spec }: V1PersistentVolume, nodes: readonly V1Node[]): readonly V1Node[] {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms
  if (terms === undefined) return nodes
  return nodes.filter((node) =>
    terms.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.every((rule) => fits(node.metadata?.labels?.[rule.key], rule)) &&
        matchFields.every((rule) => fits(node.metadata?.name, rule)),
    ),
  )
}

/** A rule that is not known here counts as met: the scheduler decides then. */
function fits(value: string | undefined, { operator, values = [] }: V1NodeSelectorRequirement): boolean {
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  return true
}

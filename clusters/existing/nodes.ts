import type { V1Node } from '@kubernetes/client-node'
import { SetupError } from '../setup-error.ts'

/** So many nodes are each given a Pod before the first guarantee; of more, one of each type. */
const fewNodes = 5

function nameOf({ metadata }: V1Node): string {
  return metadata?.name ?? ''
}

/** Why a node takes no Pod without tolerations; undefined when it does. */
function whyNot({ status, spec }: V1Node): string | undefined {
  if (!status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True')) return 'is not Ready'
  if (spec?.unschedulable === true) return 'is cordoned'
  const taint = spec?.taints?.find(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
  return taint === undefined ? undefined : `has the taint ${taint.key}:${taint.effect}`
}

/** Nodes that take Pods without tolerations, as those of suites are. Throws a `SetupError` when there is none. */
export function schedulableNodes(nodes: readonly V1Node[]): readonly V1Node[] {
  const schedulable = nodes.filter((node) => whyNot(node) === undefined)
  if (schedulable.length > 0) return schedulable
  const [first] = nodes
  const seen = first === undefined ? 'there are no nodes' : nodes.map((node) => `${nameOf(node)} ${whyNot(node) ?? ''}`).join(', ')
  throw new SetupError(`No node of the cluster accepts the Pods of the suites: ${seen}.`, {
    fix: 'Add a node, or uncordon or untaint one.',
  })
}

function typeOf({ metadata, status }: V1Node): string {
  const { architecture, operatingSystem } = status?.nodeInfo ?? {}
  return [architecture, operatingSystem, metadata?.labels?.['node.kubernetes.io/instance-type']].join(' ')
}

/**
 * Names of nodes that stand for all: each when they are few, else the first of each type, by architecture, operating system and instance
 * type.
 */
export function nodesToProbe(nodes: readonly V1Node[]): readonly string[] {
  if (nodes.length <= fewNodes) return nodes.map(nameOf)
  return [...Map.groupBy(nodes, typeOf).values()].flatMap(([first]) => (first === undefined ? [] : [nameOf(first)]))
}

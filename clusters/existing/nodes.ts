import type { V1Node, V1Taint } from '@kubernetes/client-node'
import { cordonedAnnotation } from '../../contract/annotations.ts'
import type { WorkloadSettings, WorkloadToleration } from '../../contract/workload.ts'
import { SetupError } from '../setup-error.ts'

/** So many nodes are each given a Pod before the first guarantee; of more, one of each type. */
const fewNodes = 5

function nameOf({ metadata }: V1Node): string {
  return metadata?.name ?? ''
}

function isTolerated(taint: V1Taint, tolerations: readonly WorkloadToleration[]): boolean {
  return tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (key === undefined ? operator === 'Exists' : key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''))),
  )
}

/** Why a node takes no Pod of suites; undefined when it does. */
function whyNot({ metadata, status, spec }: V1Node, { nodeSelector = {}, tolerations = [] }: WorkloadSettings): string | undefined {
  if (!status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True')) return 'is not Ready'
  if (spec?.unschedulable === true) {
    const isOurs = metadata?.annotations?.[cordonedAnnotation] !== undefined
    return isOurs ? `was cordoned by a run that was killed ("kubectl uncordon ${metadata.name}")` : 'is cordoned'
  }
  const lacked = Object.entries(nodeSelector).find(([key, value]) => metadata?.labels?.[key] !== value)
  if (lacked !== undefined) return `lacks the label ${lacked.join('=')}, which workload.nodeSelector asks for`
  const taint = spec?.taints?.find((one) => (one.effect === 'NoSchedule' || one.effect === 'NoExecute') && !isTolerated(one, tolerations))
  return taint === undefined ? undefined : `has the taint ${taint.key}:${taint.effect}`
}

/** Nodes that take the Pods of suites, as the user wants these. Throws a `SetupError` when there is none. */
export function schedulableNodes(nodes: readonly V1Node[], settings: WorkloadSettings = {}): readonly V1Node[] {
  const schedulable = nodes.filter((node) => whyNot(node, settings) === undefined)
  if (schedulable.length > 0) return schedulable
  const [first] = nodes
  const seen =
    first === undefined ? 'there are no nodes' : nodes.map((node) => `${nameOf(node)} ${whyNot(node, settings) ?? ''}`).join(', ')
  throw new SetupError(`No node of the cluster accepts the Pods of the suites: ${seen}.`, {
    fix: 'Add a node, uncordon or untaint one, or set workload.tolerations in holdfast.yaml.',
  })
}

/** Throws a `SetupError` for a node that is named to be disrupted and is none of those that take the Pods of suites. */
export function requireNodes(named: readonly string[], nodes: readonly V1Node[]): void {
  const known = nodes.map(nameOf)
  const unknown = named.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new SetupError(`Node ${unknown}, which --disruptive-nodes names, is no node that takes the Pods of suites.`, {
    fix: `Choose from ${known.join(', ')}.`,
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

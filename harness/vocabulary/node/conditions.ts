import { hasCondition, latest } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry, ObservedObject } from '../../engine/history/history-entry.ts'
import { taintsOf } from './taint.ts'

/** A node by name. */
export interface NodeName {
  readonly node: string
}

/** A node is there and not Ready, or nobody can tell. */
export const nodeNotReady = defineCondition<NodeName>({
  name: 'node-not-ready',
  reads: ['Node'],
  describe: ({ node }) => `node ${node} not Ready`,
  holds: ({ node }, history) => isReady(history, node) === false,
  seen: ({ node }, history) => stateOf(history, node),
})

/**
 * A node is not Ready and is tainted so, which keeps new Pods off it. The taint comes after the condition, by another controller. See
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export const nodeLost = defineCondition<NodeName>({
  name: 'node-lost',
  reads: ['Node'],
  describe: ({ node }) => `node ${node} not Ready and tainted so`,
  holds: ({ node }, history) => isReady(history, node) === false && keepsPodsOff(latest(history, 'Node', node)),
  seen: ({ node }, history) => `${stateOf(history, node)}, ${keepsPodsOff(latest(history, 'Node', node)) ? '' : 'not '}tainted as such`,
})

/** A node is Ready. */
export const nodeReady = defineCondition<NodeName>({
  name: 'node-ready',
  reads: ['Node'],
  describe: ({ node }) => `node ${node} Ready`,
  holds: ({ node }, history) => isReady(history, node) === true,
  seen: ({ node }, history) => stateOf(history, node),
})

function isReady(history: readonly HistoryEntry[], node: string): boolean | undefined {
  const object = latest(history, 'Node', node)
  return object && hasCondition(object, 'Ready')
}

const troubles: readonly string[] = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

function keepsPodsOff(node: ObservedObject | undefined): boolean {
  return node !== undefined && taintsOf(node).some(({ key, effect }) => effect === 'NoSchedule' && troubles.includes(key))
}

function stateOf(history: readonly HistoryEntry[], node: string): string {
  const ready = isReady(history, node)
  return ready === undefined ? `no node ${node}` : `${node} ${ready ? 'Ready' : 'not Ready'}`
}

import { hasCondition, latest } from '../../engine/object.ts'
import { defineCondition } from '../../engine/judge/define-condition.ts'
import type { HistoryEntry } from '../../engine/history/history-entry.ts'

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

function stateOf(history: readonly HistoryEntry[], node: string): string {
  const ready = isReady(history, node)
  return ready === undefined ? `no node ${node}` : `${node} ${ready ? 'Ready' : 'not Ready'}`
}

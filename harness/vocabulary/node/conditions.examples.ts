import type { ConditionExamplesOf as Examples } from '../../engine/judge/define-condition.ts'
import type * as conditions from './conditions.ts'
import { historyOf, seen } from '../../engine/history/literal.ts'

const params = { node: 'one' }
const nodeSeen = (ready: string) => seen('Node', 'one', { status: { conditions: [{ type: 'Ready', status: ready }] } })
const none = { title: 'nothing seen', params, history: historyOf() }

export const nodeNotReady = {
  holds: [{ title: 'nobody can tell', params, history: historyOf(nodeSeen('True'), nodeSeen('Unknown')) }],
  not: [none, { title: 'Ready', params, history: historyOf(nodeSeen('True')) }],
} satisfies Examples<typeof conditions.nodeNotReady>

const lostNode = (ready: string, ...taints: readonly { readonly key: string; readonly effect: string }[]) =>
  seen('Node', 'one', { spec: { taints }, status: { conditions: [{ type: 'Ready', status: ready }] } })
const unreachable = { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }

export const nodeLost = {
  holds: [
    { title: 'nobody can tell, and it is tainted', params, history: historyOf(lostNode('Unknown'), lostNode('Unknown', unreachable)) },
    {
      title: 'not Ready, and tainted',
      params,
      history: historyOf(lostNode('False', { ...unreachable, key: 'node.kubernetes.io/not-ready' })),
    },
  ],
  not: [
    none,
    { title: 'not tainted yet', params, history: historyOf(lostNode('Unknown')) },
    { title: 'a taint that new Pods tolerate', params, history: historyOf(lostNode('Unknown', { ...unreachable, effect: 'NoExecute' })) },
    { title: 'another taint', params, history: historyOf(lostNode('Unknown', { ...unreachable, key: 'example.com/kept-free' })) },
    { title: 'Ready, and still tainted', params, history: historyOf(lostNode('True', unreachable)) },
  ],
} satisfies Examples<typeof conditions.nodeLost>

export const nodeReady = {
  holds: [{ title: 'back', params, history: historyOf(nodeSeen('Unknown'), nodeSeen('True')) }],
  not: [none, { title: 'nobody can tell', params, history: historyOf(nodeSeen('True'), nodeSeen('Unknown')) }],
} satisfies Examples<typeof conditions.nodeReady>

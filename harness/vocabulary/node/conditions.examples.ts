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

export const nodeReady = {
  holds: [{ title: 'back', params, history: historyOf(nodeSeen('Unknown'), nodeSeen('True')) }],
  not: [none, { title: 'nobody can tell', params, history: historyOf(nodeSeen('True'), nodeSeen('Unknown')) }],
} satisfies Examples<typeof conditions.nodeReady>

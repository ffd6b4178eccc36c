import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './on-nodes.ts'
import { gap, historyOf, podAdded, seen } from '../../engine/history/literal.ts'

const params = { pods: ['a', 'b', 'c'], nodes: ['one', 'two'] }
const on = (pod: string, nodeName: string) => seen('Pod', pod, { spec: { nodeName } })

export const onNodes = {
  upholds: [{ title: 'on both', params, history: historyOf(on('a', 'one'), on('b', 'two'), on('c', 'one')) }],
  rejects: [
    { title: 'all on one', params, history: historyOf(on('a', 'one'), on('b', 'one'), on('c', 'one')) },
    { title: 'on a third', params, history: historyOf(on('a', 'one'), on('b', 'two'), on('c', 'three')) },
  ],
  gaps: [
    { title: 'one on no node', params, history: historyOf(on('a', 'one'), on('b', 'two'), podAdded('c')) },
    { title: 'perhaps others', params, history: historyOf(on('a', 'one'), on('b', 'two'), on('c', 'one'), gap('Pod')) },
  ],
} satisfies Examples<typeof checks.onNodes>

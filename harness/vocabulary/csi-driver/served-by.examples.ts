import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './served-by.ts'
import { historyOf, type LiteralEntry } from '../../engine/history/literal.ts'

const calls = { pvc: 'data', label: 'in the end' }
const onNode = { calls, methods: ['NodeStageVolume', 'NodePublishVolume'], by: { part: 'node', node: 'one' } } as const
const inController = { calls, methods: ['CreateVolume'], by: { part: 'controller' } } as const

const read = (...made: readonly (readonly [method: string, process: string | undefined, code?: string])[]): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'in the end',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: made.map(([method, process, code = 'OK']) => ({
    ...{ at: '2026-01-01T00:00:00.000Z', method, code, request: {}, ...(process !== undefined && { process }) },
  })),
})

export const servedBy = {
  upholds: [
    {
      title: 'the node service of the node',
      params: onNode,
      history: historyOf(read(['NodeStageVolume', 'one-node'], ['NodePublishVolume', 'one-node'], ['CreateVolume', 'plane-controller'])),
    },
    {
      title: 'the controller, at the second attempt',
      params: inController,
      history: historyOf(read(['CreateVolume', 'a-controller', 'INTERNAL'], ['CreateVolume', 'a-controller'])),
    },
  ],
  rejects: [
    {
      title: 'the node service of another node',
      params: onNode,
      history: historyOf(read(['NodeStageVolume', 'other-node'], ['NodePublishVolume', 'one-node'])),
    },
    { title: 'a node service in place of the controller', params: inController, history: historyOf(read(['CreateVolume', 'one-node'])) },
    {
      title: 'two controllers',
      params: inController,
      history: historyOf(read(['CreateVolume', 'a-controller'], ['CreateVolume', 'b-controller'])),
    },
    { title: 'one of them never called', params: onNode, history: historyOf(read(['NodeStageVolume', 'one-node'])) },
    { title: 'failed alone', params: inController, history: historyOf(read(['CreateVolume', 'a-controller', 'INTERNAL'])) },
  ],
  gaps: [
    { title: 'never read', params: onNode, history: historyOf() },
    { title: 'a log that does not say who', params: inController, history: historyOf(read(['CreateVolume', undefined])) },
  ],
} satisfies Examples<typeof checks.servedBy>

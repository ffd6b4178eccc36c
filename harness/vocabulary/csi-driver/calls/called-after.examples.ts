import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './called-after.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = {
  calls: { pvc: 'data', label: 'in the end' },
  method: 'NodeStageVolume',
  after: 'ControllerPublishVolume',
} as const

const read = (...calls: readonly (readonly [method: string, second: number, code?: string])[]): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-calls',
  label: 'in the end',
  subject: { kind: 'PersistentVolumeClaim', name: 'data' },
  value: calls.map(([method, second, code = 'OK']) => ({
    at: `2026-01-01T00:00:0${second}.000Z`,
    durationMs: 500,
    method,
    code,
    request: {},
  })),
})

export const calledAfter = {
  upholds: [
    { title: 'after it', params, history: historyOf(read(['ControllerPublishVolume', 1], ['NodeStageVolume', 2])) },
    {
      title: 'twice, and each time after it',
      params,
      history: historyOf(
        read(
          ...([
            ['ControllerPublishVolume', 1],
            ['NodeStageVolume', 2],
            ['NodeUnstageVolume', 3],
            ['ControllerUnpublishVolume', 4],
            ['ControllerPublishVolume', 5],
            ['NodeStageVolume', 6],
          ] as const),
        ),
      ),
    },
    {
      title: 'while it was repeated',
      params,
      history: historyOf({
        ...read(),
        value: [
          { at: '2026-01-01T00:00:01.000Z', durationMs: 500, method: 'ControllerPublishVolume', code: 'OK', request: {} },
          { at: '2026-01-01T00:00:02.000Z', durationMs: 500, method: 'ControllerPublishVolume', code: 'OK', request: {} },
          { at: '2026-01-01T00:00:02.200Z', durationMs: 10, method: 'NodeStageVolume', code: 'OK', request: {} },
        ],
      } as LiteralEntry),
    },
    {
      title: 'what takes a step back may be what has to come first',
      params: { ...params, method: 'ControllerUnpublishVolume', after: 'NodeUnstageVolume' } as const,
      history: historyOf(read(['NodeStageVolume', 1], ['NodeUnstageVolume', 2], ['ControllerUnpublishVolume', 3])),
    },
  ],
  rejects: [
    { title: 'before it', params, history: historyOf(read(['NodeStageVolume', 1], ['ControllerPublishVolume', 2])) },
    {
      title: 'after it had failed',
      params,
      history: historyOf(read(['ControllerPublishVolume', 1, 'INTERNAL'], ['NodeStageVolume', 2])),
    },
    {
      title: 'after it was taken back',
      params,
      history: historyOf(read(['ControllerPublishVolume', 1], ['ControllerUnpublishVolume', 2], ['NodeStageVolume', 3])),
    },
    {
      title: 'while it was still under way',
      params: { ...params, method: 'NodePublishVolume', after: 'NodeStageVolume' } as const,
      history: historyOf({
        ...read(),
        value: [
          { at: '2026-01-01T00:00:01.000Z', durationMs: 500, method: 'NodeStageVolume', code: 'OK', request: {} },
          { at: '2026-01-01T00:00:01.200Z', durationMs: 10, method: 'NodePublishVolume', code: 'OK', request: {} },
        ],
      } as LiteralEntry),
    },
  ],
  gaps: [
    { title: 'never called', params, history: historyOf(read(['ControllerPublishVolume', 1])) },
    { title: 'never read', params, history: historyOf() },
  ],
} satisfies Examples<typeof checks.calledAfter>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './snapshots-left.ts'
import { gap, historyOf, seen } from '../../engine/history/literal.ts'

const params = { left: ['third', 'second'], usable: ['second'] }
const snapshot = (name: string, more: Parameters<typeof seen>[2] = {}) =>
  seen('VolumeSnapshot', name, { status: { readyToUse: true }, ...more })
const [first, second] = [snapshot('first'), snapshot('second')]
const third = seen('VolumeSnapshot', 'third')
const removed = snapshot('first', { event: 'DELETED' })

export const snapshotsLeft = {
  upholds: [
    { title: 'the first was removed', params, history: historyOf(first, second, third, removed) },
    { title: 'the first is being removed', params, history: historyOf(first, second, third, snapshot('first', { terminating: true })) },
  ],
  rejects: [
    { title: 'the first is left', params, history: historyOf(first, second, third) },
    {
      title: 'the second was removed',
      params,
      history: historyOf(first, second, third, removed, snapshot('second', { event: 'DELETED' })),
    },
    { title: 'the third is ready too', params, history: historyOf(first, second, snapshot('third'), removed) },
  ],
  gaps: [
    { title: 'the third was never there', params, history: historyOf(first, second, removed) },
    { title: 'events may be missing', params, history: historyOf(first, second, third, gap('VolumeSnapshot'), removed) },
  ],
} satisfies Examples<typeof checks.snapshotsLeft>

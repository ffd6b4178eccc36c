import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './capacity-enforced.ts'
import { historyOf, measured, pvcSeen } from '../../engine/history/literal.ts'

const params = { pvc: 'data', filled: { pod: 'writer', label: 'filled' } }
const pvc = pvcSeen('data', { request: '600Mi', capacity: '640Mi' })
const filled = (mebibytes: number, refused: string | null = 'ENOSPC', total = 600) =>
  measured('filled-up', 'filled', {
    pod: 'writer',
    value: { writtenBytes: mebibytes * 2 ** 20, refused, totalBytes: total * 2 ** 20, freeBytes: 0 },
  })

export const capacityEnforced = {
  upholds: [
    { title: 'full below its capacity', params, history: historyOf(pvc, filled(560)) },
    { title: 'full at its capacity', params, history: historyOf(pvc, filled(640)) },
  ],
  rejects: [
    { title: 'more than its capacity', params, history: historyOf(pvc, filled(700, null)) },
    { title: 'shows more than its capacity', params, history: historyOf(pvc, filled(560, 'ENOSPC', 6400)) },
    { title: 'much less than was asked for', params, history: historyOf(pvc, filled(300)) },
    {
      title: 'much less than is stated',
      params,
      history: historyOf(pvcSeen('data', { request: '600Mi', capacity: '1280Mi' }), filled(600)),
    },
    { title: 'broken before it was full', params, history: historyOf(pvc, filled(560, 'EIO')) },
  ],
  gaps: [
    { title: 'never filled', params, history: historyOf(pvc) },
    { title: 'stopped early', params, history: historyOf(pvc, filled(100, null)) },
    { title: 'capacity unknown', params, history: historyOf(filled(560)) },
  ],
} satisfies Examples<typeof checks.capacityEnforced>

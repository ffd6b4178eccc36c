import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './restored-in-step.ts'
import { foundAt } from '../data/workload/continuous-writes.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { first: { pod: 'reader', label: '/data/a' }, second: { pod: 'reader', label: '/data/b' } }
const found = (label: string, last: number) => measured('writes', label, { pod: 'reader', value: foundAt(last) })
const pair = (first: number, second: number) => historyOf(found('/data/a', first), found('/data/b', second))

export const restoredInStep = {
  upholds: [
    { title: 'the same record', params, history: pair(100, 100) },
    { title: 'one ahead', params, history: pair(101, 100) },
  ],
  rejects: [
    { title: 'the second is ahead', params, history: pair(100, 101) },
    { title: 'the first is far ahead', params, history: pair(150, 100) },
    { title: 'one is empty', params, history: pair(0, 100) },
  ],
  gaps: [
    { title: 'one was not read', params, history: historyOf(found('/data/a', 100)) },
    { title: 'nothing was written', params, history: pair(0, 0) },
  ],
} satisfies Examples<typeof checks.restoredInStep>

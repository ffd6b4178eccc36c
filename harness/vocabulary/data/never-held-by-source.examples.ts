import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './never-held-by-source.ts'
import { foundAt } from './workload/continuous-writes.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const moment = (volumeSnapshot: string) => ({
  volumeSnapshot,
  before: { pod: 'writer', label: `before ${volumeSnapshot}` },
  after: { pod: 'writer', label: `after ${volumeSnapshot}` },
  found: { pod: 'reader', label: `/data/${volumeSnapshot}` },
})
const params = { moments: [moment('moment-1'), moment('moment-2')] }
const found = (volumeSnapshot: string, value: unknown) => measured('writes', `/data/${volumeSnapshot}`, { pod: 'reader', value })
const whole = foundAt(210)
const first = found('moment-1', whole)
const unreadable = { ...whole, unreadable: ['/data/table (EIO)'] }

export const neverHeldBySource = {
  upholds: [
    {
      title: 'one of two has appended records of later',
      params,
      history: historyOf(first, found('moment-2', { ...whole, appended: [[1, 90]] })),
    },
    {
      title: 'one has a hole, the other cannot be read',
      params,
      history: historyOf(found('moment-1', unreadable), found('moment-2', { ...whole, table: foundAt(300).table })),
    },
  ],
  rejects: [
    { title: 'each was so at one instant', params, history: historyOf(first, found('moment-2', foundAt(300))) },
    { title: 'one was so at one instant, one is empty', params, history: historyOf(first, found('moment-2', foundAt(0))) },
  ],
  gaps: [
    { title: 'one was never read', params, history: historyOf(first) },
    { title: 'all are empty', params, history: historyOf(found('moment-1', foundAt(0)), found('moment-2', foundAt(0))) },
    { title: 'one cannot be read', params, history: historyOf(first, found('moment-2', unreadable)) },
  ],
} satisfies Examples<typeof checks.neverHeldBySource>

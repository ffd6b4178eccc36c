import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './holds-acknowledged-prefix.ts'
import { foundAt } from './workload/continuous-writes.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const moment = {
  volumeSnapshot: 'moment-1',
  before: { pod: 'writer', label: 'before moment-1' },
  after: { pod: 'writer', label: 'after moment-1' },
  found: { pod: 'reader', label: '/data/moment-1' },
}
const params = { moments: [moment] }
const acknowledged = (label: string, record: number) => measured('acknowledged', `${label} moment-1`, { pod: 'writer', value: { record } })
const found = (value: unknown) => measured('writes', '/data/moment-1', { pod: 'reader', value })
const around = [acknowledged('before', 200), acknowledged('after', 220)] as const
const whole = foundAt(210)

export const holdsAcknowledgedPrefix = {
  upholds: [
    { title: 'a prefix between the two', params, history: historyOf(...around, found(whole)) },
    { title: 'all that was acknowledged before and no more', params, history: historyOf(...around, found(foundAt(200))) },
    { title: 'all that was begun by the end', params, history: historyOf(...around, found(foundAt(220))) },
    {
      title: 'a write was under way',
      params,
      history: historyOf(...around, found({ ...foundAt(212), appended: [[1, 71]], torn: { sequence: true, appended: false } })),
    },
  ],
  rejects: [
    { title: 'an acknowledged record is missing', params, history: historyOf(...around, found(foundAt(199))) },
    { title: 'a record of later is there', params, history: historyOf(...around, found(foundAt(221))) },
    { title: 'empty', params, history: historyOf(...around, found(foundAt(0))) },
    {
      title: 'a hole in the sequence',
      params,
      history: historyOf(
        ...around,
        found({
          ...whole,
          sequence: [
            [1, 100],
            [102, 210],
          ],
        }),
      ),
    },
    { title: 'appended records are missing', params, history: historyOf(...around, found({ ...whole, appended: [[1, 50]] })) },
    { title: 'appended records of later', params, history: historyOf(...around, found({ ...whole, appended: [[1, 90]] })) },
    { title: 'a block of later', params, history: historyOf(...around, found({ ...whole, table: foundAt(300).table })) },
    { title: 'a torn block', params, history: historyOf(...around, found({ ...whole, table: whole.table.with(3, null) })) },
    { title: 'a created file is missing', params, history: historyOf(...around, found({ ...whole, created: whole.created.slice(1) })) },
    { title: 'files of later', params, history: historyOf(...around, found({ ...whole, created: foundAt(300).created })) },
    { title: 'a file that cannot be read', params, history: historyOf(...around, found({ ...whole, unreadable: ['/data/table (EIO)'] })) },
  ],
  gaps: [
    { title: 'never restored', params, history: historyOf(...around) },
    { title: 'nothing kept of what was acknowledged', params, history: historyOf(found(whole)) },
    {
      title: 'nothing was acknowledged',
      params,
      history: historyOf(acknowledged('before', 0), acknowledged('after', 9), found(foundAt(4))),
    },
  ],
} satisfies Examples<typeof checks.holdsAcknowledgedPrefix>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './wrote-no-more.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { first: { pod: 'web-0', label: 'before' }, later: { pod: 'web-0', label: 'after' } }
const writes = (label: string, last: number) =>
  measured('writes', label, {
    pod: 'web-0',
    value: {
      ...{ sequence: last === 0 ? [] : [[1, last]], appended: [], torn: { sequence: false, appended: false } },
      ...{ table: [], created: [], unreadable: [] },
    },
  })

export const wroteNoMore = {
  upholds: [{ title: 'the same', params, history: historyOf(writes('before', 7), writes('after', 7)) }],
  rejects: [
    { title: 'another record', params, history: historyOf(writes('before', 7), writes('after', 8)) },
    { title: 'records are gone', params, history: historyOf(writes('before', 7), writes('after', 6)) },
  ],
  gaps: [
    { title: 'never read again', params, history: historyOf(writes('before', 7)) },
    { title: 'never written', params, history: historyOf(writes('before', 0), writes('after', 0)) },
  ],
} satisfies Examples<typeof checks.wroteNoMore>

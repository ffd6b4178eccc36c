import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './stored-alike.ts'
import type { StoredObject } from './bucket.ts'
import { historyOf, measured } from '../../../engine/history/literal.ts'

const params = { before: { pod: 'hf-example', label: 'good' }, after: { pod: 'hf-example', label: 'damaged' } }
const dump: StoredObject = { key: 'shop-1.sql.gz', bytes: 900, sha256: 'a' }
const read = (label: string, ...value: readonly StoredObject[]) => measured('stored-objects', label, { pod: 'hf-example', value })
const good = read('good', dump)

export const storedAlike = {
  upholds: [{ title: 'other bytes, same size', params, history: historyOf(good, read('damaged', { ...dump, sha256: 'b' })) }],
  rejects: [
    { title: 'shorter', params, history: historyOf(good, read('damaged', { ...dump, bytes: 899, sha256: 'b' })) },
    { title: 'gone', params, history: historyOf(good, read('damaged')) },
  ],
  gaps: [
    { title: 'not damaged', params, history: historyOf(good, read('damaged', dump)) },
    { title: 'read once', params, history: historyOf(good) },
    { title: 'empty', params, history: historyOf(read('good'), read('damaged')) },
  ],
} satisfies Examples<typeof checks.storedAlike>

import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './file-system-used.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const mebibyte = 2 ** 20
const size = (pod: string, label: string, [total, free]: readonly [number, number]) =>
  measured('file-system-size', label, { pod, value: { directory: '/data', totalBytes: total * mebibyte, freeBytes: free * mebibyte } })

const params = { before: { pod: 'user', label: 'empty' }, after: { pod: 'user', label: 'written' }, bytes: '64Mi' }
const empty = size('user', 'empty', [300, 280])

export const fileSystemUsed = {
  upholds: [{ title: 'about as much', params, history: historyOf(empty, size('user', 'written', [300, 215])) }],
  rejects: [
    { title: 'nothing', params, history: historyOf(empty, size('user', 'written', [300, 280])) },
    { title: 'much more', params, history: historyOf(empty, size('user', 'written', [300, 100])) },
    { title: 'of another size', params, history: historyOf(empty, size('user', 'written', [400, 215])) },
  ],
  gaps: [{ title: 'read once', params, history: historyOf(empty) }],
} satisfies Examples<typeof checks.fileSystemUsed>

const shared = { one: { pod: 'one', label: 'seen' }, other: { pod: 'other', label: 'seen' }, asked: '384Mi' }

export const fileSystemShared = {
  upholds: [
    { title: 'one disk', params: shared, history: historyOf(size('one', 'seen', [8000, 7000]), size('other', 'seen', [8000, 6999])) },
  ],
  rejects: [
    { title: 'each its own', params: shared, history: historyOf(size('one', 'seen', [320, 300]), size('other', 'seen', [384, 300])) },
    { title: 'as asked for', params: shared, history: historyOf(size('one', 'seen', [384, 300]), size('other', 'seen', [384, 300])) },
  ],
  gaps: [{ title: 'seen by one', params: shared, history: historyOf(size('one', 'seen', [8000, 7000])) }],
} satisfies Examples<typeof checks.fileSystemShared>

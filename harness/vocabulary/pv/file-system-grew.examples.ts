import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './file-system-grew.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const mebibyte = 2 ** 20
const params = {
  pvc: 'data-web-0',
  from: '320Mi',
  to: '640Mi',
  before: { pod: 'web-0', label: 'before' },
  after: { pod: 'web-0', label: 'after' },
}
const size = (label: string, mebibytes: number) =>
  measured('file-system-size', label, { pod: 'web-0', value: { directory: '/data', totalBytes: mebibytes * mebibyte, freeBytes: 0 } })

export const fileSystemGrew = {
  upholds: [
    { title: 'grown by all of it', params, history: historyOf(size('before', 256), size('after', 576)) },
    { title: 'grown, less what the file system keeps', params, history: historyOf(size('before', 256), size('after', 560)) },
  ],
  rejects: [
    { title: 'not grown', params, history: historyOf(size('before', 256), size('after', 256)) },
    { title: 'grown by half', params, history: historyOf(size('before', 256), size('after', 416)) },
    { title: 'shrunk', params, history: historyOf(size('before', 256), size('after', 128)) },
  ],
  gaps: [{ title: 'not read afterwards', params, history: historyOf(size('before', 256)) }],
} satisfies Examples<typeof checks.fileSystemGrew>

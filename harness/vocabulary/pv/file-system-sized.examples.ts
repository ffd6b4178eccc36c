import type { CheckExamplesOf as Examples } from '../../engine/judge/define-check.ts'
import type * as checks from './file-system-sized.ts'
import { historyOf, measured } from '../../engine/history/literal.ts'

const params = { found: { pod: 'scratch', label: 'at the start' }, size: '320Mi' }
const size = (mebibytes: number) =>
  historyOf(
    measured('file-system-size', 'at the start', {
      pod: 'scratch',
      value: { directory: '/data', totalBytes: mebibytes * 2 ** 20, freeBytes: 0 },
    }),
  )

export const fileSystemSized = {
  upholds: [
    { title: 'less what the file system keeps', params, history: size(256) },
    { title: 'a little more, for the driver rounds up', params, history: size(324) },
  ],
  rejects: [
    { title: "the node's own file system", params, history: size(100_000) },
    { title: 'twice as large', params, history: size(640) },
    { title: 'much too small', params, history: size(10) },
  ],
  gaps: [{ title: 'never read', params, history: historyOf() }],
} satisfies Examples<typeof checks.fileSystemSized>

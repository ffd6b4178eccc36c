import type { CheckExamplesOf as Examples } from '../../../engine/judge/define-check.ts'
import type * as checks from './driver-files-kept.ts'
import { historyOf, type LiteralEntry } from '../../../engine/history/literal.ts'

const params = { namespace: 'hf-example', label: 'later' }
const read = (left: readonly string[] | null, handles = ['vol-1']): LiteralEntry => ({
  type: 'measurement',
  what: 'driver-files',
  label: 'later',
  subject: { kind: 'Namespace', name: 'hf-example' },
  value: { handles, left },
})

export const driverFilesKept = {
  upholds: [{ title: 'there', params, history: historyOf(read(['volumes/vol-1.img'])) }],
  rejects: [
    { title: 'gone', params, history: historyOf(read([])) },
    { title: 'one of two gone', params, history: historyOf(read(['volumes/vol-1.img'], ['vol-1', 'vol-2'])) },
  ],
  gaps: [
    { title: 'never looked at', params, history: historyOf() },
    { title: 'files not to be read', params, history: historyOf(read(null)) },
    { title: 'no volume to look for', params, history: historyOf(read([], [])) },
  ],
} satisfies Examples<typeof checks.driverFilesKept>
